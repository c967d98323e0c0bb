import { NO_ID, type Row, type Table } from '../table.ts';

/** What should be so on the network and what is so, with the key under which it stands there. */
export const effects: Table = {
  name: 'effects',
  of: ['effects'],
  columns: [
    'accountId',
    'account',
    'profileId',
    'network',
    'nativeId',
    'handle',
    'action',
    'state',
    'shieldId',
    'key',
    'confirmedAt',
    'dueAt',
    'problem',
  ],
  start: [NO_ID, NO_ID, 'block'],
  page: (tx, tenantId, [accountId, profileId, action], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[e.account_id::text, e.profile_id::text, e.action::text] AS place, e.account_id AS "accountId",
             a.handle AS account, e.profile_id AS "profileId", p.network::text AS network, p.native_id AS "nativeId", p.handle,
             e.action::text AS action, e.state::text AS state, e.shield_id AS "shieldId", e.key,
             e.confirmed_at AS "confirmedAt", e.due_at AS "dueAt", e.problem
      FROM (
        SELECT * FROM effects
        WHERE tenant_id = ${tenantId}::uuid
          AND (account_id, profile_id, action) > (${accountId}::uuid, ${profileId}::uuid, ${action}::action)
        ORDER BY account_id, profile_id, action LIMIT ${most}::int
      ) e
      LEFT JOIN LATERAL (SELECT handle FROM profiles WHERE id = e.account_id LIMIT 1) a ON true
      LEFT JOIN LATERAL (SELECT * FROM profiles WHERE id = e.profile_id LIMIT 1) p ON true
      ORDER BY e.account_id, e.profile_id, e.action`,
};

/**
 * The plain list for another tool: whom we block or mute now, as the network confirmed. Somebody whom two accounts block is
 * in it twice.
 */
export const blocked: Table = {
  name: 'accounts',
  of: ['effects'],
  columns: ['network', 'nativeId', 'handle', 'action', 'since', 'account'],
  start: [NO_ID, NO_ID, 'block'],
  page: (tx, tenantId, [accountId, profileId, action], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[e.account_id::text, e.profile_id::text, e.action::text] AS place, p.network::text AS network,
             p.native_id AS "nativeId", p.handle, e.action::text AS action, e.confirmed_at AS since, a.handle AS account
      FROM (
        SELECT * FROM effects
        WHERE tenant_id = ${tenantId}::uuid AND state IN ('applied', 'lifting')
          AND (account_id, profile_id, action) > (${accountId}::uuid, ${profileId}::uuid, ${action}::action)
        ORDER BY account_id, profile_id, action LIMIT ${most}::int
      ) e
      LEFT JOIN LATERAL (SELECT handle FROM profiles WHERE id = e.account_id LIMIT 1) a ON true
      LEFT JOIN LATERAL (SELECT * FROM profiles WHERE id = e.profile_id LIMIT 1) p ON true
      ORDER BY e.account_id, e.profile_id, e.action`,
};
