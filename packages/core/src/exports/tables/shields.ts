import { NO_ID, type Row, type Table } from '../table.ts';

export const shields: Table = {
  name: 'shields',
  of: ['shields'],
  columns: [
    'id',
    'createdBy',
    'createdAt',
    'state',
    'action',
    'holdSeconds',
    'endsAt',
    'threshold',
    'forFollows',
    'forFollowers',
    'forMutuals',
    'forTalked',
    'forVerified',
    'forPopular',
    'popularAbove',
    'raisedAt',
    'plannedAt',
    'pausedAt',
    'cancelledAt',
    'undoneAt',
    'endedAt',
    'problem',
    'waiting',
    'waitingUntil',
    'liftOrder',
    'liftFrom',
    'liftSeconds',
    'reason',
    'note',
  ],
  start: [NO_ID],
  page: (tx, tenantId, [id], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[s.id::text] AS place, s.id, s.created_by AS "createdBy", s.created_at AS "createdAt", s.state::text AS state,
             s.action::text AS action, s.hold_seconds AS "holdSeconds", s.ends_at AS "endsAt", s.threshold,
             s.for_follows::text AS "forFollows", s.for_followers::text AS "forFollowers", s.for_mutuals::text AS "forMutuals",
             s.for_talked::text AS "forTalked", s.for_verified::text AS "forVerified", s.for_popular::text AS "forPopular",
             s.popular_above AS "popularAbove",
             s.raised_at AS "raisedAt", s.planned_at AS "plannedAt", s.paused_at AS "pausedAt",
             s.cancelled_at AS "cancelledAt", s.undone_at AS "undoneAt", s.ended_at AS "endedAt", s.problem, s.waiting,
             s.waiting_until AS "waitingUntil",
             s.lift_order AS "liftOrder", s.lift_from AS "liftFrom", s.lift_seconds AS "liftSeconds", s.reason, s.note
      FROM shields s WHERE s.tenant_id = ${tenantId}::uuid AND s.id > ${id}::uuid ORDER BY s.id LIMIT ${most}::int`,
};

export const sources: Table = {
  name: 'sources',
  of: ['sources'],
  columns: [
    'shieldId',
    'ordinal',
    'kind',
    'network',
    'query',
    'subjectId',
    'nativeId',
    'handle',
    'displayName',
    'authorId',
    'author',
    'title',
    'claimed',
    'uploadId',
    'problem',
  ],
  start: [NO_ID, '0'],
  page: (tx, tenantId, [shieldId, ordinal], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[s.shield_id::text, s.ordinal::text] AS place, s.shield_id AS "shieldId", s.ordinal, s.kind::text AS kind,
             s.network::text AS network, s.query, s.subject_id AS "subjectId", p.native_id AS "nativeId", p.handle,
             p.display_name AS "displayName", s.author_id AS "authorId", a.handle AS author, s.title, s.claimed,
             s.upload_id AS "uploadId", s.problem
      FROM sources s LEFT JOIN profiles p ON p.id = s.subject_id LEFT JOIN profiles a ON a.id = s.author_id
      WHERE s.tenant_id = ${tenantId}::uuid AND (s.shield_id, s.ordinal) > (${shieldId}::uuid, ${ordinal}::smallint)
      ORDER BY s.shield_id, s.ordinal LIMIT ${most}::int`,
};

/** A shield on one of the accounts it acts on, with its counts. */
export const shieldAccounts: Table = {
  name: 'shieldAccounts',
  of: ['shield_connections'],
  columns: [
    'shieldId',
    'connectionId',
    'accountId',
    'account',
    'firstDoneAt',
    'lastDoneAt',
    'tokensHeld',
    'tokensCharged',
    'total',
    'spared',
    'already',
    'pending',
    'done',
    'failed',
    'over',
  ],
  start: [NO_ID, NO_ID],
  page: (tx, tenantId, [shieldId, accountId], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[c.shield_id::text, c.account_id::text] AS place, c.shield_id AS "shieldId",
             c.connection_id AS "connectionId", c.account_id AS "accountId", a.handle AS account,
             c.first_done_at AS "firstDoneAt", c.last_done_at AS "lastDoneAt", c.tokens_held AS "tokensHeld",
             c.tokens_charged AS "tokensCharged", c.total, c.spared, c.already, c.pending, c.done, c.failed, c.over
      FROM shield_connections c LEFT JOIN profiles a ON a.id = c.account_id
      WHERE c.tenant_id = ${tenantId}::uuid AND (c.shield_id, c.account_id) > (${shieldId}::uuid, ${accountId}::uuid)
      ORDER BY c.shield_id, c.account_id LIMIT ${most}::int`,
};

/** That a shield keeps up with its crowds, and how far. */
export const keepings: Table = {
  name: 'keepings',
  of: ['keepings'],
  columns: ['shieldId', 'pausedAt', 'lookedAt', 'came', 'waiting'],
  start: [NO_ID],
  page: (tx, tenantId, [shieldId], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[k.shield_id::text] AS place, k.shield_id AS "shieldId", k.paused_at AS "pausedAt",
             k.looked_at AS "lookedAt", k.came, k.waiting
      FROM keepings k WHERE k.tenant_id = ${tenantId}::uuid AND k.shield_id > ${shieldId}::uuid
      ORDER BY k.shield_id LIMIT ${most}::int`,
};

/** Orders to undo everything, at once or spread over days. */
export const undoOrders: Table = {
  name: 'undoOrders',
  of: ['undo_orders'],
  columns: ['id', 'createdBy', 'createdAt', 'spanSeconds', 'held', 'calledOffAt'],
  start: [NO_ID],
  page: (tx, tenantId, [id], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[o.id::text] AS place, o.id, o.created_by AS "createdBy", o.created_at AS "createdAt",
             o.span_seconds AS "spanSeconds", o.held, o.called_off_at AS "calledOffAt"
      FROM undo_orders o WHERE o.tenant_id = ${tenantId}::uuid AND o.id > ${id}::uuid ORDER BY o.id LIMIT ${most}::int`,
};
