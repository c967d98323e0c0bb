import type { SqlTx } from '@secateur/db';
import type { NetworkPort } from '@secateur/networks/port';
import { charge, giveBackMoney, roomOf } from '../spending/index.ts';
import { effectPrice, isFree } from '../spending/policy/index.ts';
import type { Chunk, Claimed, Report } from './types.ts';

/**
 * How many effects the tenant's money is enough for, each with what lifting it will cost: nothing is made that nobody could
 * pay to undo. Asks nothing where the network is free.
 */
export async function affordable(tx: SqlTx, tenantId: string, port: NetworkPort, now: Date): Promise<number> {
  const price = effectPrice(port);
  if (isFree(price)) return Number.MAX_SAFE_INTEGER;
  const room = await roomOf(tx, tenantId, now);
  return Math.max(0, Math.floor(room / (price.asked + price.made)));
}

/** Writes down what a claim's applies may cost, in its transaction: before the network hears of any. */
export async function holdMoney(
  tx: SqlTx,
  tenantId: string,
  port: NetworkPort,
  applies: Chunk['applies'],
  now: Date,
): Promise<void> {
  if (applies === null) return;
  const { asked, made } = effectPrice(port, [applies.action]);
  await charge(tx, tenantId, applies.items.length * (asked + made), now);
}

/**
 * Gives back what was held for those that were certainly not made. Lifting costs nothing here: it was paid for with what was
 * made. Reading back what an earlier claim left in flight is charged whatever the cap: else what it made could not be known.
 */
export async function settleMoney(
  tx: SqlTx,
  chunk: Chunk,
  result: Report,
  port: NetworkPort,
  now: Date,
): Promise<void> {
  const { applies, unsettled } = chunk;
  const { tenantId } = chunk.ref;
  if (isFree(effectPrice(port))) return;
  if (applies !== null) {
    const { made } = effectPrice(port, [applies.action]);
    const mine = new Set(applies.items.map((one) => one.profileId));
    const not = [...result.byHand, ...result.own.map((o) => o.claimed), ...result.retry.map((r) => r.claimed)];
    await giveBackMoney(tx, tenantId, count(not, mine) * made, now);
  }
  const read = (unsettled?.applying.length ?? 0) + (unsettled?.lifting.length ?? 0);
  await charge(tx, tenantId, read * port.prices.relation, now);
}

function count(claimed: Claimed[], among: ReadonlySet<string>): number {
  return new Set(claimed.filter((one) => among.has(one.profileId)).map((one) => one.profileId)).size;
}
