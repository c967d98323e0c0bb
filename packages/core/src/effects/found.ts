import { profileId } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import type { Action, NetworkName } from '@secateur/networks/port';
import type { AccountRef, Claimed, Report } from './types.ts';

/**
 * Notes records made by hand that were met on the way. What carries a key of ours is ours. A reading under way keeps them,
 * since it may have been past their place; the next one sees for itself.
 */
export async function foundByHand(
  tx: SqlTx,
  ref: AccountRef,
  network: NetworkName,
  found: Report['found'],
  now: Date,
): Promise<void> {
  if (found.length === 0) return;
  const ids = found.map((f) => profileId(network, f.held.nativeId));
  await tx.$executeRaw`
    INSERT INTO profiles (id, network, native_id, handle, seen_at)
    SELECT DISTINCT h.id, ${network}::network, h.native, h.native, ${now}::timestamptz
    FROM unnest(${ids}::uuid[], ${found.map((f) => f.held.nativeId)}::text[]) AS h (id, native) ORDER BY 1
    ON CONFLICT (id) DO NOTHING`;
  await tx.$executeRaw`
    INSERT INTO held_by_hand (tenant_id, account_id, profile_id, action, key, generation)
    SELECT DISTINCT ${ref.tenantId}::uuid, ${ref.accountId}::uuid, h.id, h.action::action, h.key,
      coalesce((SELECT generation + (r.step IS NOT NULL)::int FROM readings r WHERE r.tenant_id = ${ref.tenantId}::uuid
                  AND r.account_id = ${ref.accountId}::uuid AND r.kind = 'blocks'), 0)
    FROM unnest(${ids}::uuid[], ${found.map((f) => f.action)}::text[], ${found.map((f) => f.held.key ?? '')}::text[])
      AS h (id, action, key)
    WHERE NOT EXISTS (SELECT FROM effects e WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid
                        AND e.profile_id = h.id AND e.action = h.action::action AND e.key = h.key)
    ON CONFLICT (tenant_id, account_id, profile_id, action, key) DO UPDATE
      SET generation = greatest(held_by_hand.generation, excluded.generation)`;
}

/** Forgets what a reading under way saw of records of ours that are gone since: it would take them for hand-made. */
export async function forgetSeen(tx: SqlTx, ref: AccountRef, action: Action, gone: Claimed[]): Promise<void> {
  if (gone.length === 0) return;
  await tx.$executeRaw`
    DELETE FROM held_by_hand h
    USING unnest(${gone.map((c) => c.profileId)}::uuid[], ${gone.map((c) => c.key ?? '')}::text[]) AS g (profile_id, key)
    WHERE h.tenant_id = ${ref.tenantId}::uuid AND h.account_id = ${ref.accountId}::uuid AND h.action = ${action}::action
      AND h.profile_id = g.profile_id AND h.key = g.key`;
}
