import { NO_ID, type Row, type Table } from '../table.ts';

export const tenant: Table = {
  name: 'tenant',
  of: ['tenants'],
  columns: ['id', 'kind', 'name', 'wishes', 'createdAt', 'suspendedAt'],
  start: [NO_ID],
  page: (tx, tenantId, [id], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[t.id::text] AS place, t.id, t.kind::text AS kind, t.name, t.wishes, t.created_at AS "createdAt",
             t.suspended_at AS "suspendedAt"
      FROM tenants t WHERE t.id = ${tenantId}::uuid AND t.id > ${id}::uuid ORDER BY t.id LIMIT ${most}::int`,
};

export const members: Table = {
  name: 'members',
  of: ['members'],
  columns: ['userId', 'name', 'email', 'role', 'joinedAt'],
  start: [NO_ID],
  page: (tx, tenantId, [userId], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[m.user_id::text] AS place, m.user_id AS "userId", u.name, u.email, m.role::text AS role,
             m.joined_at AS "joinedAt"
      FROM members m JOIN users u ON u.id = m.user_id
      WHERE m.tenant_id = ${tenantId}::uuid AND m.user_id > ${userId}::uuid ORDER BY m.user_id LIMIT ${most}::int`,
};

export const grants: Table = {
  name: 'grants',
  of: ['grants'],
  columns: ['userId', 'connectionId', 'verbs', 'grantedBy', 'grantedAt', 'expiresAt'],
  start: [NO_ID, NO_ID],
  page: (tx, tenantId, [userId, connectionId], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[g.user_id::text, g.connection_id::text] AS place, g.user_id AS "userId", g.connection_id AS "connectionId",
             g.verbs::text[] AS verbs, g.granted_by AS "grantedBy", g.granted_at AS "grantedAt", g.expires_at AS "expiresAt"
      FROM grants g
      WHERE g.tenant_id = ${tenantId}::uuid AND (g.user_id, g.connection_id) > (${userId}::uuid, ${connectionId}::uuid)
      ORDER BY g.user_id, g.connection_id LIMIT ${most}::int`,
};

export const invitations: Table = {
  name: 'invitations',
  of: ['invitations'],
  columns: ['id', 'email', 'role', 'connectionIds', 'verbs', 'grantDays', 'invitedBy', 'invitedAt', 'expiresAt'],
  start: [NO_ID],
  page: (tx, tenantId, [id], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[i.id::text] AS place, i.id, i.email, i.role::text AS role, i.connection_ids::text[] AS "connectionIds",
             i.verbs::text[] AS verbs, i.grant_days AS "grantDays", i.invited_by AS "invitedBy", i.invited_at AS "invitedAt",
             i.expires_at AS "expiresAt"
      FROM invitations i WHERE i.tenant_id = ${tenantId}::uuid AND i.id > ${id}::uuid ORDER BY i.id LIMIT ${most}::int`,
};

/** What waits, or waited, for somebody to be sure that it is them who asked. */
export const pendingActions: Table = {
  name: 'pendingActions',
  of: ['pending_actions'],
  columns: ['id', 'userId', 'kind', 'state', 'requestedAt', 'readyAt', 'expiresAt'],
  start: [NO_ID],
  page: (tx, tenantId, [id], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[a.id::text] AS place, a.id, a.user_id AS "userId", a.kind, a.state::text AS state,
             a.requested_at AS "requestedAt", a.ready_at AS "readyAt", a.expires_at AS "expiresAt"
      FROM pending_actions a WHERE a.tenant_id = ${tenantId}::uuid AND a.id > ${id}::uuid ORDER BY a.id LIMIT ${most}::int`,
};
