import { NO_ID, type Row, type Table } from '../table.ts';

/**
 * What was done and by whom, oldest first. Who of our staff it was stays with us, and of who has left there is only the
 * name's beginning, as the trail's own page has it.
 */
export const activity: Table = {
  name: 'activity',
  of: ['audit'],
  columns: ['id', 'at', 'actorKind', 'actorId', 'actorName', 'action', 'subjectId', 'count'],
  start: [NO_ID],
  page: (tx, tenantId, [id], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[a.id::text] AS place, a.id, a.at, a.actor_kind::text AS "actorKind", u.id AS "actorId",
             CASE WHEN m.user_id IS NULL THEN left(coalesce(u.name, u.email), 2) || '…'
                  ELSE coalesce(u.name, u.email) END AS "actorName", a.action, a.subject_id AS "subjectId", a.count
      FROM audit a LEFT JOIN users u ON u.id = a.actor_id AND a.actor_kind::text IN ('member', 'helper')
      LEFT JOIN members m ON m.tenant_id = a.tenant_id AND m.user_id = a.actor_id
      WHERE a.tenant_id = ${tenantId}::uuid AND a.id > ${id}::uuid ORDER BY a.id LIMIT ${most}::int`,
};
