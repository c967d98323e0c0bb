import type { Credentials, NetworkName } from '@secateur/networks/port';
import type { WorkerContext } from '../context/index.ts';
import { networkOf } from './acting.ts';

/** Gives credentials back to their network that are stored nowhere. Where it is away they run out by themselves. */
export async function returned(ctx: WorkerContext, network: NetworkName, credentials: Credentials): Promise<void> {
  try {
    await networkOf(ctx, network)
      .actFor(credentials, (renew) => renew(credentials))
      .giveBack();
  } catch {
    // Nobody waits for it, and nothing of it is kept.
  }
}
