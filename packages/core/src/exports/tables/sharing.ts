import { NO_ID, type Row, type Table } from '../table.ts';

/** Lists that others may use. */
export const sharedLists: Table = {
  name: 'sharedLists',
  of: ['shared_lists'],
  columns: ['id', 'shieldId', 'network', 'title', 'publishedBy', 'publishedAt', 'endedAt', 'size', 'hears'],
  start: [NO_ID],
  page: (tx, tenantId, [id], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[l.id::text] AS place, l.id, l.shield_id AS "shieldId", l.network::text AS network, l.title,
             l.published_by AS "publishedBy", l.published_at AS "publishedAt", l.ended_at AS "endedAt", l.size, l.hears
      FROM shared_lists l WHERE l.tenant_id = ${tenantId}::uuid AND l.id > ${id}::uuid ORDER BY l.id LIMIT ${most}::int`,
};

/** Who is on them. */
export const sharedMembers: Table = {
  name: 'sharedMembers',
  of: ['shared_members'],
  columns: ['listId', 'profileId', 'nativeId', 'handle', 'displayName', 'takenOff'],
  start: [NO_ID, NO_ID],
  page: (tx, tenantId, [listId, profileId], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[m.list_id::text, m.profile_id::text] AS place, m.list_id AS "listId", m.profile_id AS "profileId",
             p.native_id AS "nativeId", p.handle, p.display_name AS "displayName", m.taken_off AS "takenOff"
      FROM shared_members m JOIN profiles p ON p.id = m.profile_id
      WHERE m.tenant_id = ${tenantId}::uuid AND (m.list_id, m.profile_id) > (${listId}::uuid, ${profileId}::uuid)
      ORDER BY m.list_id, m.profile_id LIMIT ${most}::int`,
};

/** Who asked to be taken off them. */
export const appeals: Table = {
  name: 'appeals',
  of: ['appeals'],
  columns: ['id', 'listId', 'profileId', 'nativeId', 'handle', 'reason', 'words', 'cameAt', 'answeredAt'],
  start: [NO_ID],
  page: (tx, tenantId, [id], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[a.id::text] AS place, a.id, a.list_id AS "listId", a.profile_id AS "profileId",
             p.native_id AS "nativeId", p.handle, a.reason::text AS reason, a.words, a.came_at AS "cameAt",
             a.answered_at AS "answeredAt"
      FROM appeals a JOIN profiles p ON p.id = a.profile_id
      WHERE a.tenant_id = ${tenantId}::uuid AND a.id > ${id}::uuid ORDER BY a.id LIMIT ${most}::int`,
};

/** Lists taken from others; who is on them is among the uploads' members. */
export const subscriptions: Table = {
  name: 'subscriptions',
  of: ['subscriptions'],
  columns: [
    'id',
    'network',
    'title',
    'mode',
    'subscribedBy',
    'subscribedAt',
    'asked',
    'added',
    'forgiven',
    'changedAt',
    'endedAt',
  ],
  start: [NO_ID],
  page: (tx, tenantId, [id], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[s.id::text] AS place, s.id, s.network::text AS network, s.title, s.mode::text AS mode,
             s.subscribed_by AS "subscribedBy", s.subscribed_at AS "subscribedAt", s.asked, s.added, s.forgiven,
             s.changed_at AS "changedAt", s.ended_at AS "endedAt"
      FROM subscriptions s WHERE s.tenant_id = ${tenantId}::uuid AND s.id > ${id}::uuid ORDER BY s.id LIMIT ${most}::int`,
};
