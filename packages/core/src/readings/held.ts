import { profileId } from '@secateur/base';
import type { Tx } from '@secateur/db';
import type { Action, Held, NetworkPort } from '@secateur/networks/port';
import { reconcileHeld } from '../effects/index.ts';

type Account = { tenantId: string; accountId: string };

/**
 * Writes a page of what an account holds on its network. Ours are told apart when the reading ends. `since` is the
 * account's epoch before the page was asked for: what was claimed later and is ours no more was lifted after the answer, and
 * is left out. The account is locked.
 */
export async function stageHeld(
  tx: Tx,
  account: Account,
  action: Action,
  network: NetworkPort['network'],
  held: Held[],
  { generation, since }: { generation: number; since: number },
  now: Date,
): Promise<void> {
  if (held.length === 0) return;
  const ids = held.map((h) => profileId(network, h.nativeId));
  await rememberUnknown(tx, network, held, ids, now);
  await tx.$executeRaw`
    INSERT INTO held_by_hand (tenant_id, account_id, profile_id, action, key, generation)
    SELECT DISTINCT ${account.tenantId}::uuid, ${account.accountId}::uuid, h.id, ${action}::action, h.key, ${generation}::int
    FROM unnest(${ids}::uuid[], ${held.map((h) => h.key ?? '')}::text[]) AS h (id, key)
    WHERE NOT EXISTS (SELECT FROM effects e WHERE e.tenant_id = ${account.tenantId}::uuid
                        AND e.account_id = ${account.accountId}::uuid AND e.profile_id = h.id
                        AND e.action = ${action}::action AND e.epoch > ${since}
                        AND NOT (e.state IN ('applying', 'applied', 'lifting') AND coalesce(e.key, '') = h.key))
    ON CONFLICT (tenant_id, account_id, profile_id, action, key) DO UPDATE SET generation = excluded.generation`;
}

/** A record names an account by its id only: its profile is known by that until somebody looks closer. */
export async function rememberUnknown(
  tx: Tx,
  network: NetworkPort['network'],
  held: { nativeId: string }[],
  ids: string[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO profiles (id, network, native_id, handle, seen_at)
    SELECT DISTINCT h.id, ${network}::network, h.native, h.native, ${now}::timestamptz
    FROM unnest(${ids}::uuid[], ${held.map((h) => h.nativeId)}::text[]) AS h (id, native) ORDER BY 1
    ON CONFLICT (id) DO NOTHING`;
}

/**
 * Ends a reading of what an account holds: tells ours from the hand-made, notices what the user lifted by hand, and
 * finds records of ours that nobody wants any more.
 */
export async function finishHeld(
  tx: Tx,
  account: Account,
  action: Action,
  generation: number,
  startedAt: Date,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM held_by_hand WHERE tenant_id = ${account.tenantId}::uuid AND account_id = ${account.accountId}::uuid
      AND action = ${action}::action AND generation < ${generation}`;
  await reconcileHeld(tx, account, action, startedAt, now);
}
