import type { Game } from './game.ts';
import { hold } from './promises.ts';

/** What every sequence's buckets begin with; nothing flows in, so that every token can be told. */
export const CAPACITY = 100_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const WORDS = new Set(['people', 'talked', 'familiar', 'blocks', 'mutes']);

/** Tokens, audit rows, payloads and counts. */
export async function checkBooks(game: Game): Promise<void> {
  await checkTokens(game);
  await checkAudit(game);
  await checkPayloads(game);
  await checkCounts(game);
}

/** No token is lost or made: what is there, held and charged is always what there was. */
export async function checkTokens(game: Game): Promise<void> {
  const [row] = await game.ask<{ level: number | null; held: number; charged: number; least: number }>(
    `SELECT (SELECT level FROM quotas WHERE tenant_id = $1 AND account_id = '00000000-0000-0000-0000-000000000000') AS level,
            coalesce(sum(tokens_held), 0)::int AS held, coalesce(sum(tokens_charged), 0)::int AS charged,
            (SELECT coalesce(min(level), 0) FROM quotas WHERE tenant_id = $1)::float8 AS least
     FROM shield_connections WHERE tenant_id = $1`,
    [game.tenantId()],
  );
  if (!row || row.level === null) return;
  const { level, held, charged, least } = row;
  hold(least >= 0, 'tokens', () => `a bucket is at ${least}`);
  hold(
    level + held + charged === CAPACITY,
    'tokens',
    () => `${level} left, ${held} held, ${charged} charged of ${CAPACITY}`,
  );
}

async function checkAudit(game: Game): Promise<void> {
  const rows = await game.ask<{ action: string; rows: number; moved: number }>(
    'SELECT action, count(*)::int AS rows, sum(count)::int AS moved FROM audit WHERE tenant_id = $1 GROUP BY action',
    [game.tenantId()],
  );
  const of = (action: string) => rows.find((r) => r.action === action) ?? { rows: 0, moved: 0 };
  for (const [action, done] of game.life.audits) {
    hold(of(action).rows === done, 'audit', () => `${action} was done ${done} times and has ${of(action).rows} rows`);
  }
  const [charged] = await game.ask<{ sum: number }>(
    'SELECT coalesce(sum(tokens_charged), 0)::int AS sum FROM shield_connections WHERE tenant_id = $1',
    [game.tenantId()],
  );
  const moved = of('effects.moved').moved;
  hold(
    moved >= (charged?.sum ?? 0),
    'audit',
    () => `${charged?.sum} effects were made, the audit knows of ${moved} moves`,
  );
}

/** Jobs name rows, and kinds of rows, and nothing else. */
export async function checkPayloads(game: Game): Promise<void> {
  const rows = await game.ask<{ payload: object }>(
    ['critical', 'standard', 'background']
      .map((l) => `SELECT payload FROM queue_${l}._private_jobs`)
      .join(' UNION ALL '),
  );
  for (const { payload } of rows) {
    const odd = Object.values(payload).find((v) => typeof v !== 'string' || !(UUID.test(v) || WORDS.has(v)));
    hold(odd === undefined, 'payloads', () => `a job's payload holds ${JSON.stringify(odd)}`);
  }
}

/**
 * The counts of every shield are those of its rows. Whom an ended one had left alone may be another's business by now: only
 * how many those are must still be right.
 */
async function checkCounts(game: Game): Promise<void> {
  const rows = await game.ask<{ shield: string; ended: boolean; counted: number[]; found: number[] }>(
    `SELECT c.shield_id::text AS shield, s.state = 'ended' AS ended, ARRAY[c.total, c.spared, c.already, c.pending, c.done, c.failed, c.over] AS counted,
            ARRAY[x.total, x.spared, x.already, x.pending, x.done, x.failed, x.over] AS found
     FROM shield_connections c
     JOIN shields s ON s.tenant_id = c.tenant_id AND s.id = c.shield_id AND s.state NOT IN ('preview', 'discarded')
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS total, (count(*) FILTER (WHERE t.state = 'spared'))::int AS spared,
         (count(*) FILTER (WHERE t.state = 'covering' AND e.state = 'by_hand'))::int AS already,
         (count(*) FILTER (WHERE t.state = 'covering' AND e.state IN ('pending', 'applying', 'absent')))::int AS pending,
         (count(*) FILTER (WHERE t.state = 'covering' AND e.state IN ('applied', 'lifting')))::int AS done,
         (count(*) FILTER (WHERE t.state = 'covering' AND e.state IN ('failed', 'undone')))::int AS failed,
         (count(*) FILTER (WHERE t.state = 'over'))::int AS over
       FROM targets t LEFT JOIN effects e ON e.tenant_id = t.tenant_id AND e.account_id = t.account_id
         AND e.profile_id = t.profile_id AND e.action = t.action
       WHERE t.tenant_id = c.tenant_id AND t.shield_id = c.shield_id AND t.account_id = c.account_id
     ) x WHERE c.tenant_id = $1`,
    [game.tenantId()],
  );
  for (const { shield, ended, counted, found } of rows) {
    const n = game.life.shields.findIndex((s) => s.id === shield);
    const same = (ended ? settled(counted) : counted).join() === (ended ? settled(found) : found).join();
    hold(same, 'confirmed', () => `shield ${n} counts ${counted} and has ${found}`);
  }
}

/** Total, spared, over, and all others together. */
function settled([
  total = 0,
  spared = 0,
  already = 0,
  pending = 0,
  done = 0,
  failed = 0,
  over = 0,
]: number[]): number[] {
  return [total, spared, over, already + pending + done + failed];
}
