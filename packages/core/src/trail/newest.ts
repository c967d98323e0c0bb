import type { Tx } from '@secateur/db';
import { ACTOR_KINDS, AUDIT_ACTIONS, type AuditAction } from '../audit/schemas.ts';
import type { TrailFilter, TrailPlace } from './schemas.ts';

/** Between which places, neither of them included. Null: however far there are rows. */
export type Between = { after: TrailPlace | null; before: TrailPlace | null };

const NO_ID = '00000000-0000-0000-0000-000000000000';
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const FIRST: TrailPlace = { at: new Date('0001-01-01T00:00:00Z'), xid: '0', id: NO_ID };
const LAST: TrailPlace = { at: new Date('9999-12-31T23:59:59Z'), xid: '9223372036854775807', id: LAST_ID };

/**
 * Where the newest rows stand that fit, newest first. A page costs a page, whatever is chosen and however long the trail is:
 * `audit_by_time` has the order, and with a choice of who or what each pair of the two is read along `audit_by_deed`, a page of
 * it at most, and the newest of all of them are kept. That each pair is asked for in the whole order of that index leaves the
 * planner no other: by its numbers it would read the trail from its end until it has found enough.
 */
export async function newestRows(
  tx: Tx,
  tenantId: string,
  { actorKind, group, from, to }: TrailFilter,
  between: Between,
  limit: number,
): Promise<TrailPlace[]> {
  const after = later(between.after ?? FIRST, { ...FIRST, at: from ?? FIRST.at });
  const before = earlier(between.before ?? LAST, { ...FIRST, at: to ?? LAST.at });
  if (actorKind === null && group === null)
    return tx.$queryRaw<TrailPlace[]>`
      SELECT a.at, a.xid::text AS xid, a.id::text AS id FROM audit a
      WHERE a.tenant_id = ${tenantId}::uuid
        AND (a.at, a.xid, a.id) > (${after.at}::timestamptz, ${after.xid}::bigint, ${after.id}::uuid)
        AND (a.at, a.xid, a.id) < (${before.at}::timestamptz, ${before.xid}::bigint, ${before.id}::uuid)
      ORDER BY a.at DESC, a.xid DESC, a.id DESC LIMIT ${limit}::int`;
  return tx.$queryRaw<TrailPlace[]>`
    SELECT p.at, p.xid::text AS xid, p.id::text AS id
    FROM unnest(${actorKind === null ? ACTOR_KINDS : [actorKind]}::text[]) AS kind, unnest(${actionsOf(group)}::text[]) AS deed,
      LATERAL (
        SELECT a.at, a.xid, a.id FROM audit a
        WHERE a.tenant_id = ${tenantId}::uuid AND a.actor_kind = kind AND a.action = deed
          AND (a.at, a.xid, a.id) > (${after.at}::timestamptz, ${after.xid}::bigint, ${after.id}::uuid)
          AND (a.at, a.xid, a.id) < (${before.at}::timestamptz, ${before.xid}::bigint, ${before.id}::uuid)
        ORDER BY a.actor_kind DESC, a.action DESC, a.at DESC, a.xid DESC, a.id DESC LIMIT ${limit}::int
      ) p
    ORDER BY p.at DESC, p.xid DESC, p.id DESC LIMIT ${limit}::int`;
}

function actionsOf(group: TrailFilter['group']): AuditAction[] {
  const all = Object.keys(AUDIT_ACTIONS) as AuditAction[];
  return group === null ? all : all.filter((action) => AUDIT_ACTIONS[action].group === group);
}

const later = (one: TrailPlace, other: TrailPlace) => (one.at >= other.at ? one : other);
const earlier = (one: TrailPlace, other: TrailPlace) => (one.at < other.at ? one : other);
