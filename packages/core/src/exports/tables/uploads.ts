import { NO_ID, type Row, type Table } from '../table.ts';

export const uploads: Table = {
  name: 'uploads',
  of: ['uploads'],
  columns: [
    'id',
    'createdBy',
    'createdAt',
    'kind',
    'network',
    'name',
    'ref',
    'connectionId',
    'state',
    'lines',
    'readable',
    'size',
    'problem',
  ],
  start: [NO_ID],
  page: (tx, tenantId, [id], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[u.id::text] AS place, u.id, u.created_by AS "createdBy", u.created_at AS "createdAt",
             u.kind::text AS kind, u.network::text AS network, u.name, u.ref, u.connection_id AS "connectionId", u.state::text AS state, u.lines, u.readable, u.size, u.problem
      FROM uploads u WHERE u.tenant_id = ${tenantId}::uuid AND u.id > ${id}::uuid ORDER BY u.id LIMIT ${most}::int`,
};

export const uploadLines: Table = {
  name: 'uploadLines',
  of: ['upload_lines'],
  columns: ['uploadId', 'line', 'text', 'query', 'state'],
  start: [NO_ID, '0'],
  page: (tx, tenantId, [uploadId, line], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[l.upload_id::text, l.line::text] AS place, l.upload_id AS "uploadId", l.line, l.text, l.query,
             l.state::text AS state
      FROM upload_lines l
      WHERE l.tenant_id = ${tenantId}::uuid AND (l.upload_id, l.line) > (${uploadId}::uuid, ${line}::int)
      ORDER BY l.upload_id, l.line LIMIT ${most}::int`,
};

/** The accounts that a file names, as far as they were found. */
export const uploadMembers: Table = {
  name: 'uploadMembers',
  of: ['upload_members'],
  columns: ['uploadId', 'profileId', 'nativeId', 'handle', 'displayName'],
  start: [NO_ID, NO_ID],
  page: (tx, tenantId, [uploadId, profileId], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[m.upload_id::text, m.profile_id::text] AS place, m.upload_id AS "uploadId", m.profile_id AS "profileId",
             p.native_id AS "nativeId", p.handle, p.display_name AS "displayName"
      FROM upload_members m JOIN profiles p ON p.id = m.profile_id
      WHERE m.tenant_id = ${tenantId}::uuid AND (m.upload_id, m.profile_id) > (${uploadId}::uuid, ${profileId}::uuid)
      ORDER BY m.upload_id, m.profile_id LIMIT ${most}::int`,
};
