import type { SqlTx } from '@secateur/db';
import { type Bucket, giveBack, hold, newBucket } from './policy/index.ts';

/** The account id under which a tenant's own bucket is kept. */
export const WHOLE_TENANT = '00000000-0000-0000-0000-000000000000';

export type Scope = { tenantId: string; accountId: string };

/** The tenant's bucket and the account's, as stored; full ones where there are none yet. Not locked. */
export async function bucketsOf(tx: SqlTx, scope: Scope, now: Date): Promise<{ tenant: Bucket; account: Bucket }> {
  const rows = await tx.$queryRaw<(Bucket & { accountId: string })[]>`
    SELECT account_id AS "accountId", level, rate_per_day AS "ratePerDay", capacity, refilled_at AS "refilledAt"
    FROM quotas WHERE tenant_id = ${scope.tenantId}::uuid
      AND account_id = ANY(${[WHOLE_TENANT, scope.accountId]}::uuid[])`;
  const of = (id: string) => rows.find((r) => r.accountId === id) ?? newBucket(now);
  return { tenant: of(WHOLE_TENANT), account: of(scope.accountId) };
}

/** Takes up to `want` tokens out of both buckets, the same number from each. Returns how many. Locks both rows. */
export async function holdTokens(tx: SqlTx, scope: Scope, want: number, now: Date): Promise<number> {
  if (want <= 0) return 0;
  const { tenant, account } = await locked(tx, scope, now);
  const granted = Math.min(hold(tenant, want, now).granted, hold(account, want, now).granted);
  await save(tx, scope.tenantId, WHOLE_TENANT, hold(tenant, granted, now).bucket);
  await save(tx, scope.tenantId, scope.accountId, hold(account, granted, now).bucket);
  return granted;
}

/** Puts tokens back into both buckets. */
export async function giveBackTokens(tx: SqlTx, scope: Scope, count: number, now: Date): Promise<void> {
  if (count <= 0) return;
  const { tenant, account } = await locked(tx, scope, now);
  await save(tx, scope.tenantId, WHOLE_TENANT, giveBack(tenant, count, now));
  await save(tx, scope.tenantId, scope.accountId, giveBack(account, count, now));
}

async function locked(tx: SqlTx, scope: Scope, now: Date): Promise<{ tenant: Bucket; account: Bucket }> {
  const first = newBucket(now);
  await tx.$executeRaw`
    INSERT INTO quotas (tenant_id, account_id, level, rate_per_day, capacity, refilled_at)
    SELECT ${scope.tenantId}::uuid, a, ${first.level}::float8, ${first.ratePerDay}::int, ${first.capacity}::int, ${now}::timestamptz
    FROM unnest(${[WHOLE_TENANT, scope.accountId]}::uuid[]) a
    ON CONFLICT DO NOTHING`;
  const rows = await tx.$queryRaw<(Bucket & { accountId: string })[]>`
    SELECT account_id AS "accountId", level, rate_per_day AS "ratePerDay", capacity, refilled_at AS "refilledAt"
    FROM quotas WHERE tenant_id = ${scope.tenantId}::uuid
      AND account_id = ANY(${[WHOLE_TENANT, scope.accountId]}::uuid[])
    ORDER BY account_id FOR UPDATE`;
  const of = (id: string) => rows.find((r) => r.accountId === id) ?? first;
  return { tenant: of(WHOLE_TENANT), account: of(scope.accountId) };
}

async function save(tx: SqlTx, tenantId: string, accountId: string, bucket: Bucket): Promise<void> {
  await tx.$executeRaw`
    UPDATE quotas SET level = ${bucket.level}, refilled_at = ${bucket.refilledAt}
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid`;
}
