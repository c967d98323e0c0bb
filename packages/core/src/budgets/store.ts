import type { SqlTx } from '@secateur/db';
import { type Allowance, allowed, type Spend, stretchOf } from './policy/index.ts';

/** The ledger's name for an account's own writes. */
export function accountScope(accountId: string): string {
  return `account:${accountId}`;
}

/** What may be spent in a scope now, and when there will be `need`. */
export async function allowedIn(
  tx: SqlTx,
  scope: string,
  allowances: Allowance[],
  stretchSeconds: number,
  now: Date,
  need: number,
): Promise<{ points: number; at: Date | null }> {
  if (allowances.length === 0) return { points: Number.MAX_SAFE_INTEGER, at: now };
  return allowed(allowances, await spendsIn(tx, scope, allowances, stretchSeconds, now), stretchSeconds, now, need);
}

/** What was spent in a scope and counts in any of the windows still. */
export async function spendsIn(
  tx: SqlTx,
  scope: string,
  allowances: Allowance[],
  stretchSeconds: number,
  now: Date,
): Promise<Spend[]> {
  if (allowances.length === 0) return [];
  const longest = Math.max(...allowances.map((a) => a.seconds));
  const since = new Date(now.getTime() - (longest + stretchSeconds) * 1000);
  return tx.$queryRaw<Spend[]>`
    SELECT bucket AS at, points FROM budget_spends WHERE scope = ${scope} AND bucket > ${since}`;
}

/** Writes down what is about to be spent, before it is. What is refused or lost stays spent: so the network counts. */
export async function spend(
  tx: SqlTx,
  scope: string,
  stretchSeconds: number,
  now: Date,
  points: number,
): Promise<void> {
  if (points <= 0) return;
  await tx.$executeRaw`
    INSERT INTO budget_spends (scope, bucket, points) VALUES (${scope}, ${stretchOf(now, stretchSeconds)}, ${points})
    ON CONFLICT (scope, bucket) DO UPDATE SET points = budget_spends.points + excluded.points`;
}
