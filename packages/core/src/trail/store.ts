import type { Tx } from '@secateur/db';
import { newestRows } from './newest.ts';
import type { TrailEntry, TrailFilter, TrailPlace } from './schemas.ts';

export type Found = Omit<TrailEntry, 'about' | 'isYou'> & { xid: string; actorId: string | null };

/**
 * A tenant's rows that fit, newest first, from a place on. Rows hold ids only: what they are called is looked up now, so
 * that a name that has changed or gone is not kept here. Of who has left there is only the name's beginning: what they are
 * called since, a new address above all, is no longer this tenant's to know.
 */
export async function findRows(
  tx: Tx,
  tenantId: string,
  filter: TrailFilter,
  before: TrailPlace | null,
  limit: number,
): Promise<Found[]> {
  const places = await newestRows(tx, tenantId, filter, { after: null, before }, limit);
  return tx.$queryRaw<Found[]>`
    WITH page AS (
      SELECT a.* FROM unnest(${places.map(({ xid }) => xid)}::bigint[], ${places.map(({ id }) => id)}::uuid[]) AS place (xid, id)
      JOIN audit a ON a.tenant_id = ${tenantId}::uuid AND a.xid = place.xid AND a.id = place.id
    ), people AS (
      SELECT u.id, CASE WHEN m.user_id IS NULL THEN left(coalesce(u.name, u.email), 2) || '…'
                        ELSE coalesce(u.name, u.email) END AS called
      FROM users u LEFT JOIN members m ON m.tenant_id = ${tenantId}::uuid AND m.user_id = u.id
      WHERE u.id IN (SELECT actor_id FROM page UNION ALL SELECT subject_id FROM page)
    )
    SELECT a.xid::text AS xid, a.id::text AS id, a.at, a.actor_kind::text AS "actorKind", a.actor_id::text AS "actorId",
           u.called AS "actorName", a.action, a.subject_id::text AS "subjectId", a.count,
           CASE split_part(a.action, '.', 1)
             WHEN 'connection' THEN coalesce(
               (SELECT p.handle FROM connections c JOIN profiles p ON p.id = c.account_id
                WHERE c.tenant_id = a.tenant_id AND c.id = a.subject_id),
               (SELECT c.handle FROM connections c WHERE c.tenant_id = a.tenant_id AND c.id = a.subject_id))
             WHEN 'secrets' THEN (SELECT c.handle FROM connections c WHERE c.tenant_id = a.tenant_id AND c.id = a.subject_id)
             WHEN 'exemption' THEN (SELECT p.handle FROM profiles p WHERE p.id = a.subject_id)
             WHEN 'effects' THEN (SELECT p.handle FROM profiles p WHERE p.id = a.subject_id)
             WHEN 'member' THEN (SELECT m.called FROM people m WHERE m.id = a.subject_id)
             WHEN 'upload' THEN (SELECT f.name FROM uploads f WHERE f.tenant_id = a.tenant_id AND f.id = a.subject_id)
             WHEN 'grant' THEN (SELECT m.called FROM people m WHERE m.id = a.subject_id)
             ELSE (
               SELECT coalesce(p.handle, s.query) FROM sources s LEFT JOIN profiles p ON p.id = s.subject_id
               WHERE s.tenant_id = a.tenant_id AND s.shield_id = a.subject_id ORDER BY s.ordinal LIMIT 1)
           END AS "subjectName"
    FROM page a LEFT JOIN people u ON u.id = a.actor_id AND a.actor_kind IN ('member', 'helper')
    ORDER BY a.at DESC, a.xid DESC, a.id DESC`;
}
