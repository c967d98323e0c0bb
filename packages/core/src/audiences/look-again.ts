import { backoff, MINUTE, profileId } from '@secateur/base';
import { type SharedTx, withTenant } from '@secateur/db';
import { type CrowdKind, NetworkError, type NetworkName, type ProfilePage } from '@secateur/networks/port';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import type { WorkerContext } from '../context/index.ts';
import { keepUpJob } from '../shields/jobs.ts';
import { lookAgainJob } from './jobs.ts';
import { FOR_GOOD } from './list.ts';
import { rememberProfiles } from './profiles.ts';

type Ref = { audienceId: string };
type Row = {
  network: NetworkName;
  kind: CrowdKind;
  ref: string;
  cursor: string | null;
  calls: number;
  whole: boolean;
  tries: number;
};

/** Milliseconds that one turn looks before it lets others have theirs. */
const TURN = 1_000;

/**
 * Looks at a crowd again that was listed before, and adds who is new in it at its end. A list with the newest first is left at
 * the first page on which everybody was known before this look: an hour's newcomers are one call, whatever the crowd's size.
 */
export async function lookAgain(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  const until = performance.now() + TURN;
  while (performance.now() < until) {
    const row = await load(ctx, ref);
    if (!row) return drop('nothing_to_look_at');
    const port = ctx.networks[row.network];
    if (!port) return drop('no_adapter');
    let page: ProfilePage;
    try {
      page = await port.crowd(row.kind, row.ref, row.cursor);
    } catch (error) {
      return putOff(ctx, ref, row, error);
    }
    const stored = await ctx.prisma.$transaction((tx) => store(tx, ctx, ref, row, page));
    if (stored === 'elsewhere') return drop('another_went_on');
    if (stored === 'complete') {
      await wakeKeepers(ctx, ref);
      return done();
    }
  }
  await ctx.prisma.$transaction((tx) => enqueue(tx, lookAgainJob, ref));
  return snooze('turn_over');
}

async function load(ctx: WorkerContext, { audienceId }: Ref): Promise<Row | null> {
  const [row] = await ctx.prisma.$queryRaw<Row[]>`
    SELECT a.network::text AS network, a.kind::text AS kind, coalesce(a.subject_ref, p.native_id) AS ref,
           l.cursor, l.calls, l.whole, l.tries
    FROM looks l JOIN audiences a ON a.id = l.audience_id LEFT JOIN profiles p ON p.id = a.subject_id
    WHERE l.audience_id = ${audienceId}::uuid AND l.started_at IS NOT NULL AND a.state = 'complete'`;
  return row ?? null;
}

/** Adds a page's newcomers, and writes where to go on or that the look is over. */
async function store(
  tx: SharedTx,
  ctx: WorkerContext,
  { audienceId }: Ref,
  at: Row,
  page: ProfilePage,
): Promise<'elsewhere' | 'more' | 'complete'> {
  const now = ctx.clock.now();
  const [mine] = await tx.$queryRaw<{ size: number; known: number }[]>`
    SELECT a.size, l.known FROM looks l JOIN audiences a ON a.id = l.audience_id
    WHERE l.audience_id = ${audienceId}::uuid AND l.started_at IS NOT NULL AND l.calls = ${at.calls}
      AND l.cursor IS NOT DISTINCT FROM ${at.cursor}::text FOR UPDATE`;
  if (!mine) return 'elsewhere';
  await rememberProfiles(tx, at.network, page.items, now);
  const ids = [...new Set(page.items.map((p) => profileId(at.network, p.nativeId)))];
  const [before] = await tx.$queryRaw<{ known: number }[]>`
    SELECT count(*)::int AS known FROM unnest(${ids}::uuid[]) AS u (id)
    JOIN audience_members m ON m.audience_id = ${audienceId}::uuid AND m.profile_id = u.id AND m.seq < ${mine.known}`;
  const allKnown = ids.length > 0 && before?.known === ids.length;
  const added = allKnown ? 0 : await add(tx, audienceId, mine.size, ids);
  if (added > 0) await tx.audience.update({ where: { id: audienceId }, data: { size: mine.size + added } });
  const complete = page.cursor === null || (allKnown && !at.whole);
  const size = mine.size + added;
  await tx.$executeRaw`
    UPDATE looks SET calls = calls + 1, tries = 0, problem = NULL,
      cursor = ${complete ? null : page.cursor}::text,
      looked_at = CASE WHEN ${complete}::boolean THEN started_at ELSE looked_at END,
      whole_at = CASE WHEN ${page.cursor === null}::boolean THEN started_at ELSE whole_at END,
      known = CASE WHEN ${complete}::boolean THEN ${size}::int ELSE known END,
      started_at = CASE WHEN ${complete}::boolean THEN NULL ELSE started_at END,
      wake_at = ${complete ? null : new Date(now.getTime() + MINUTE)}::timestamptz
    WHERE audience_id = ${audienceId}::uuid`;
  return complete ? 'complete' : 'more';
}

async function add(tx: SharedTx, audienceId: string, size: number, ids: string[]): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO audience_members (audience_id, profile_id, seq)
    SELECT ${audienceId}::uuid, u.id, ${size}::int + (row_number() OVER (ORDER BY u.n))::int - 1
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS u (id, n)
    WHERE NOT EXISTS (SELECT FROM audience_members o WHERE o.audience_id = ${audienceId}::uuid AND o.profile_id = u.id)`;
}

/** Tells the shields of every tenant that keep up with this crowd, each inside its own tenant. */
async function wakeKeepers(ctx: WorkerContext, { audienceId }: Ref): Promise<void> {
  const keepers = await ctx.prisma.$queryRaw<{ tenantId: string; shieldId: string }[]>`
    SELECT tenant_id AS "tenantId", shield_id AS "shieldId" FROM across.keepers_of(${audienceId}::uuid)`;
  for (const ref of keepers) await withTenant(ctx.prisma, ref.tenantId, (tx) => enqueue(tx, keepUpJob, ref));
}

/** A look that can't go on is tried again when the network says, or given up until somebody asks for the next one. */
async function putOff(ctx: WorkerContext, { audienceId }: Ref, row: Row, error: unknown): Promise<Outcome> {
  if (!(error instanceof NetworkError)) throw error;
  const gone = FOR_GOOD.includes(error.problem);
  const at = error.until ?? new Date(ctx.clock.now().getTime() + backoff(row.tries + 1, Math.random()));
  await ctx.prisma.look.updateMany({
    where: { audienceId, startedAt: { not: null } },
    data: gone
      ? { startedAt: null, cursor: null, problem: error.problem, wakeAt: null }
      : { tries: Math.min(row.tries + 1, 100), problem: error.problem, wakeAt: at },
  });
  return snooze(error.problem);
}
