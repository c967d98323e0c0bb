import type { Credentials, NetworkName, NetworkPort } from '@secateur/networks/port';
import type { WorkerContext } from '../context/index.ts';
import { networkOf } from './acting.ts';
import { openCredentials, reread } from './credentials.ts';
import { holderOf, moverOf } from './elsewhere.ts';

/** Whose credentials are given back, and the connection that held them; nulls where there is neither. */
type Whose = { accountId: string | null; connectionId: string | null };

/**
 * Gives credentials back to their network that are stored nowhere any more. Where it is away they are of use to nobody all the
 * same: there is no copy. Left alone is a grant that somebody else's credentials are, too.
 */
export async function returned(
  ctx: WorkerContext,
  network: NetworkName,
  credentials: Credentials,
  whose: Whose,
): Promise<void> {
  try {
    const port = networkOf(ctx, network);
    if (await isShared(ctx, port, credentials, whose)) return;
    await port.actFor(credentials, (renew) => renew(credentials)).giveBack();
  } catch {
    // Nobody waits for it, and nothing of it is kept.
  }
}

/**
 * Whether another connection goes on with the same grant. Mastodon hands out one token for the same account and app however often
 * its owner consents (`reuse_access_token`), so giving back what was proven twice would end what works.
 */
export async function isShared(
  ctx: WorkerContext,
  port: NetworkPort,
  credentials: Credentials,
  { accountId, connectionId }: Whose,
): Promise<boolean> {
  const grant = port.grantOf(credentials).sharedAs;
  if (grant === undefined || accountId === null) return false;
  for (const other of [await holderOf(ctx.prisma, accountId), await moverOf(ctx.prisma, accountId)]) {
    if (other === null || other.connectionId === connectionId) continue;
    const row = await reread(ctx, { tenantId: other.tenantId, id: other.connectionId, network: port.network });
    if (row === null) continue;
    const { text } = await openCredentials(ctx, row);
    if (port.grantOf(text).sharedAs === grant) return true;
  }
  return false;
}
