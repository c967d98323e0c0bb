import { NO_ID, type Row, type Table } from '../table.ts';

/** Nothing sealed is read here: not even that there is something. */
export const connections: Table = {
  name: 'connections',
  of: ['connections'],
  columns: [
    'id',
    'network',
    'accountId',
    'nativeId',
    'handle',
    'displayName',
    'state',
    'problem',
    'createdAt',
    'confirmedAt',
    'way',
    'rights',
    'broad',
    'crowds',
    'endsAt',
    'toldAt',
    'leaving',
    'goneAt',
    'provenAt',
    'movingLeft',
    'movedAt',
  ],
  start: [NO_ID],
  page: (tx, tenantId, [id], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[c.id::text] AS place, c.id, c.network::text AS network, c.account_id AS "accountId",
             p.native_id AS "nativeId", coalesce(p.handle, c.handle) AS handle, p.display_name AS "displayName",
             c.state::text AS state, c.problem, c.created_at AS "createdAt", c.confirmed_at AS "confirmedAt",
             c.way::text AS way, c.rights::text[] AS rights, c.broad, c.crowds::text[] AS crowds, c.ends_at AS "endsAt", c.told_at AS "toldAt",
             c.leaving::text AS leaving, c.gone_at AS "goneAt",
             c.proven_at AS "provenAt", c.moving_left AS "movingLeft", c.moved_at AS "movedAt"
      FROM connections c LEFT JOIN profiles p ON p.id = c.account_id
      WHERE c.tenant_id = ${tenantId}::uuid AND c.id > ${id}::uuid ORDER BY c.id LIMIT ${most}::int`,
};

/** When an account's own lists were last read: as of then the two tables below are true. */
export const readings: Table = {
  name: 'readings',
  of: ['readings'],
  columns: ['accountId', 'account', 'kind', 'readAt', 'problem'],
  start: [NO_ID, 'people'],
  page: (tx, tenantId, [accountId, kind], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[r.account_id::text, r.kind::text] AS place, r.account_id AS "accountId", a.handle AS account,
             r.kind::text AS kind, r.read_at AS "readAt", r.problem
      FROM readings r LEFT JOIN profiles a ON a.id = r.account_id
      WHERE r.tenant_id = ${tenantId}::uuid AND (r.account_id, r.kind) > (${accountId}::uuid, ${kind}::reading_kind)
      ORDER BY r.account_id, r.kind LIMIT ${most}::int`,
};

export const ownPeople: Table = {
  name: 'ownPeople',
  of: ['people'],
  columns: [
    'accountId',
    'account',
    'profileId',
    'network',
    'nativeId',
    'handle',
    'displayName',
    'follows',
    'followedBy',
    'talkedAt',
    'knownBy',
  ],
  start: [NO_ID, NO_ID],
  page: (tx, tenantId, [accountId, profileId], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[o.account_id::text, o.profile_id::text] AS place, o.account_id AS "accountId", a.handle AS account,
             o.profile_id AS "profileId", p.network::text AS network, p.native_id AS "nativeId", p.handle,
             p.display_name AS "displayName", o.follows, o.followed_by AS "followedBy", o.talked_at AS "talkedAt", o.known_by AS "knownBy"
      FROM (
        SELECT * FROM people
        WHERE tenant_id = ${tenantId}::uuid AND (account_id, profile_id) > (${accountId}::uuid, ${profileId}::uuid)
        ORDER BY account_id, profile_id LIMIT ${most}::int
      ) o
      LEFT JOIN LATERAL (SELECT handle FROM profiles WHERE id = o.account_id LIMIT 1) a ON true
      LEFT JOIN LATERAL (SELECT * FROM profiles WHERE id = o.profile_id LIMIT 1) p ON true
      ORDER BY o.account_id, o.profile_id`,
};

export const madeByHand: Table = {
  name: 'madeByHand',
  of: ['held_by_hand'],
  columns: ['accountId', 'account', 'profileId', 'network', 'nativeId', 'handle', 'displayName', 'action', 'key'],
  start: [NO_ID, NO_ID, 'block', ''],
  page: (tx, tenantId, [accountId, profileId, action, key], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[h.account_id::text, h.profile_id::text, h.action::text, h.key] AS place, h.account_id AS "accountId",
             a.handle AS account, h.profile_id AS "profileId", p.network::text AS network, p.native_id AS "nativeId", p.handle,
             p.display_name AS "displayName", h.action::text AS action, h.key
      FROM (
        SELECT * FROM held_by_hand
        WHERE tenant_id = ${tenantId}::uuid AND (account_id, profile_id, action, key)
              > (${accountId}::uuid, ${profileId}::uuid, ${action}::action, ${key}::text)
        ORDER BY account_id, profile_id, action, key LIMIT ${most}::int
      ) h
      LEFT JOIN LATERAL (SELECT handle FROM profiles WHERE id = h.account_id LIMIT 1) a ON true
      LEFT JOIN LATERAL (SELECT * FROM profiles WHERE id = h.profile_id LIMIT 1) p ON true
      ORDER BY h.account_id, h.profile_id, h.action, h.key`,
};

/** Whoever is never hit. */
export const allowList: Table = {
  name: 'allowList',
  of: ['exemptions'],
  columns: ['profileId', 'network', 'nativeId', 'handle', 'displayName', 'addedBy', 'addedAt'],
  start: [NO_ID],
  page: (tx, tenantId, [profileId], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[e.profile_id::text] AS place, e.profile_id AS "profileId", p.network::text AS network,
             p.native_id AS "nativeId", p.handle, p.display_name AS "displayName", e.added_by AS "addedBy",
             e.added_at AS "addedAt"
      FROM exemptions e LEFT JOIN profiles p ON p.id = e.profile_id
      WHERE e.tenant_id = ${tenantId}::uuid AND e.profile_id > ${profileId}::uuid ORDER BY e.profile_id LIMIT ${most}::int`,
};
