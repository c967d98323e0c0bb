import type { WorkerContext } from '../context/index.ts';
import { actingFor } from './acting.ts';

/** Gives a connection's credentials back to its network. Where it is away they run out by themselves. */
export async function giveBack(ctx: WorkerContext, tenantId: string, connectionId: string): Promise<void> {
  try {
    const { account } = await actingFor(ctx, tenantId, connectionId);
    await account.giveBack();
  } catch {
    // They are erased here in any case, and nobody waits for it.
  }
}
