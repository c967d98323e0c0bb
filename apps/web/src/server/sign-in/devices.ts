import { DAY } from '@secateur/base';
import type { SharedTx } from '@secateur/db';
import { hashOf } from './secret.ts';

/** Milliseconds for which a browser is known: the longest that browsers keep a cookie. */
export const REMEMBERED = 400 * DAY;

/**
 * Remembers the browser that a user signs in with. True when it is one that they never used, and not their first: then
 * somebody else may be signing in.
 */
export async function meet(tx: SharedTx, userId: string, device: string, now: Date): Promise<boolean> {
  const tokenHash = hashOf(device);
  await tx.device.deleteMany({ where: { userId, lastSeenAt: { lt: new Date(now.getTime() - REMEMBERED) } } });
  const { count: known } = await tx.device.updateMany({ where: { userId, tokenHash }, data: { lastSeenAt: now } });
  if (known > 0) return false;
  const others = await tx.device.count({ where: { userId } });
  await tx.device.create({ data: { userId, tokenHash, firstSeenAt: now, lastSeenAt: now } });
  return others > 0;
}
