import { coverEnd } from '../../effects/policy/index.ts';
import { outcomeOf } from '../../shields/policy/index.ts';
import { NO_ID, type Row, type Table } from '../table.ts';

/** A target as it is read, with what its outcome follows from. */
type Found = Row & {
  shieldId: string;
  profileId: string;
  state: string;
  reason: string | null;
  coveredAt: Date | null;
  effectState: string | null;
  effectProblem: string | null;
  effectConfirmedAt: Date | null;
  shieldState: string;
  holdSeconds: number | null;
  endsAt: Date | null;
  undoneAt: Date | null;
  liftOrder: string | null;
  liftFrom: Date | null;
  liftSeconds: number | null;
};

/** Everybody a shield covers, with what a page says of them: what became of it, why, since when and until when. */
export const targets: Table = {
  name: 'targets',
  of: ['targets'],
  columns: [
    'shieldId',
    'accountId',
    'account',
    'profileId',
    'network',
    'nativeId',
    'handle',
    'displayName',
    'action',
    'state',
    'outcome',
    'reason',
    'weakened',
    'coveredAt',
    'confirmedAt',
    'liftAt',
  ],
  start: [NO_ID, NO_ID, 'block', NO_ID],
  page: async (tx, tenantId, [accountId, profileId, action, shieldId], most) => {
    const found = await tx.$queryRaw<Found[]>`
      SELECT ARRAY[t.account_id::text, t.profile_id::text, t.action::text, t.shield_id::text] AS place,
             t.shield_id AS "shieldId", t.account_id AS "accountId", a.handle AS account, t.profile_id AS "profileId",
             p.network::text AS network, p.native_id AS "nativeId", p.handle, p.display_name AS "displayName",
             t.action::text AS action, t.state::text AS state, t.reason::text AS reason, t.weakened::text AS weakened,
             t.covered_at AS "coveredAt",
             e.state::text AS "effectState", e.problem AS "effectProblem", e.confirmed_at AS "effectConfirmedAt",
             s.state::text AS "shieldState", s.hold_seconds AS "holdSeconds", s.ends_at AS "endsAt", s.undone_at AS "undoneAt",
             s.lift_order AS "liftOrder", s.lift_from AS "liftFrom", s.lift_seconds AS "liftSeconds"
      FROM (
        SELECT * FROM targets
        WHERE tenant_id = ${tenantId}::uuid AND (account_id, profile_id, action, shield_id)
              > (${accountId}::uuid, ${profileId}::uuid, ${action}::action, ${shieldId}::uuid)
        ORDER BY account_id, profile_id, action, shield_id LIMIT ${most}::int
      ) t
      JOIN LATERAL (SELECT * FROM shields WHERE tenant_id = t.tenant_id AND id = t.shield_id LIMIT 1) s ON true
      LEFT JOIN LATERAL (SELECT handle FROM profiles WHERE id = t.account_id LIMIT 1) a ON true
      LEFT JOIN LATERAL (SELECT * FROM profiles WHERE id = t.profile_id LIMIT 1) p ON true
      LEFT JOIN LATERAL (
        SELECT * FROM effects WHERE tenant_id = t.tenant_id AND account_id = t.account_id AND profile_id = t.profile_id
          AND action = t.action LIMIT 1
      ) e ON true
      ORDER BY t.account_id, t.profile_id, t.action, t.shield_id`;
    return found.map(told);
  },
};

function told(row: Found): Row {
  const effect = row.effectState === null ? null : { state: row.effectState };
  const outcome = outcomeOf(row, effect, { state: row.shieldState });
  const confirmedAt = outcome === 'done' ? row.effectConfirmedAt : null;
  const end = confirmedAt && coverEnd({ ...row, endedFor: row.reason }, row.profileId, confirmedAt);
  const trouble = outcome === 'failed' || outcome === 'done' ? row.effectProblem : null;
  return { ...row, outcome, reason: row.reason ?? trouble, confirmedAt, liftAt: end?.at ?? null };
}
