import type { SqlTx } from '@secateur/db';
import { monthOf } from './policy/index.ts';

/**
 * What a tenant may still spend this month, in micro-dollars. Locks the month's row until the transaction ends, so that what
 * is decided by it can be taken. Less than nothing where a cap was lowered since.
 */
export async function roomOf(tx: SqlTx, tenantId: string, now: Date): Promise<number> {
  const month = monthOf(now);
  await tx.$executeRaw`
    INSERT INTO spendings (tenant_id, month, micro_dollars) VALUES (${tenantId}::uuid, ${month}::date, 0)
    ON CONFLICT DO NOTHING`;
  const [row] = await tx.$queryRaw<{ spent: bigint }[]>`
    SELECT micro_dollars AS spent FROM spendings
    WHERE tenant_id = ${tenantId}::uuid AND month = ${month}::date FOR UPDATE`;
  // Read after the lock: a cap that was lowered while this one waited holds.
  const [cap] = await tx.$queryRaw<{ most: bigint }[]>`
    SELECT micro_dollars AS most FROM spending_caps WHERE tenant_id = ${tenantId}::uuid`;
  return Number(cap?.most ?? 0n) - Number(row?.spent ?? 0n);
}

/** Writes down what is about to be spent, before it is. False, with nothing written, when there is not that much room. */
export async function takeMoney(tx: SqlTx, tenantId: string, amount: number, now: Date): Promise<boolean> {
  if (amount <= 0) return true;
  if ((await roomOf(tx, tenantId, now)) < amount) return false;
  await charge(tx, tenantId, amount, now);
  return true;
}

/** Writes down what was spent in any case: what was held may have been for less than it came to. */
export async function charge(tx: SqlTx, tenantId: string, amount: number, now: Date): Promise<void> {
  if (amount <= 0) return;
  await tx.$executeRaw`
    INSERT INTO spendings (tenant_id, month, micro_dollars) VALUES (${tenantId}::uuid, ${monthOf(now)}::date, ${amount}::bigint)
    ON CONFLICT (tenant_id, month) DO UPDATE SET micro_dollars = spendings.micro_dollars + excluded.micro_dollars`;
}

/** Gives back what was held in the month of `taken` and not spent. What a dead process held is never given back. */
export async function giveBackMoney(tx: SqlTx, tenantId: string, amount: number, taken: Date): Promise<void> {
  if (amount <= 0) return;
  await tx.$executeRaw`
    UPDATE spendings SET micro_dollars = greatest(0, micro_dollars - ${amount}::bigint)
    WHERE tenant_id = ${tenantId}::uuid AND month = ${monthOf(taken)}::date`;
}
