import { backoff, MINUTE, profileId } from '@secateur/base';
import { type SharedTx, type Tx, withTenant } from '@secateur/db';
import {
  type CrowdKind,
  NetworkError,
  type NetworkName,
  type NetworkProblem,
  type ProfilePage,
} from '@secateur/networks/port';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { countPreviewJob, planShieldJob } from '../shields/jobs.ts';
import { mayOverlap } from '../shields/policy/index.ts';
import { listAudienceJob } from './jobs.ts';
import { paidPage } from './paid-page.ts';
import { rememberProfiles } from './profiles.ts';

type Row = { network: NetworkName; kind: CrowdKind; cursor: string | null; size: number; ref: string; tries: number };

/** Milliseconds that one turn lists before it lets others have theirs. */
const TURN = 1_000;
/** Pages written in one transaction. */
const PAGES = 10;
/** What ends a listing: asking again would be answered the same. */
export const FOR_GOOD: readonly NetworkProblem[] = ['not_found', 'deactivated', 'suspended', 'declined', 'rejected'];

/** Lists on in a public crowd from where the last turn stopped, and wakes the shields that wait for it. */
export async function listAudience(ctx: WorkerContext, ref: { audienceId: string }): Promise<Outcome> {
  const until = performance.now() + TURN;
  while (performance.now() < until) {
    const row = await load(ctx, ref.audienceId);
    if (!row) return drop('nothing_to_list');
    const pages: ProfilePage[] = [];
    let trouble: unknown = null;
    let cursor = row.cursor;
    try {
      const port = ctx.networks[row.network];
      if (!port) return drop('no_adapter');
      while (pages.length < PAGES && performance.now() < until) {
        const page = await paidPage(ctx, port, { ...ref, kind: row.kind, ref: row.ref }, cursor);
        pages.push(page);
        cursor = page.cursor;
        if (cursor === null) break;
      }
    } catch (error) {
      trouble = error;
    }
    if (pages.length > 0) {
      const stored = await ctx.prisma.$transaction((tx) => store(tx, ctx, ref.audienceId, row, pages));
      if (!stored) return drop('another_lister_went_on');
      await wakeShields(ctx, ref.audienceId);
      if (cursor === null) return done();
    }
    if (trouble !== null) return putOff(ctx, ref.audienceId, row, trouble);
  }
  await ctx.prisma.$transaction((tx) => enqueue(tx, listAudienceJob, ref));
  return snooze('turn_over');
}

async function load(ctx: WorkerContext, audienceId: string): Promise<Row | null> {
  const [row] = await ctx.prisma.$queryRaw<Row[]>`
    SELECT a.network::text AS network, a.kind::text AS kind, a.cursor, a.size, coalesce(a.subject_ref, p.native_id) AS ref, a.tries
    FROM audiences a LEFT JOIN profiles p ON p.id = a.subject_id
    WHERE a.id = ${audienceId}::uuid AND a.state = 'listing'`;
  return row ?? null;
}

/** Stores pages and the cursor after them; false when somebody else stored from the same cursor before. */
async function store(
  tx: SharedTx,
  ctx: WorkerContext,
  audienceId: string,
  at: Row,
  pages: ProfilePage[],
): Promise<boolean> {
  const now = ctx.clock.now();
  const cursor = pages.at(-1)?.cursor ?? null;
  const [mine] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM audiences WHERE id = ${audienceId}::uuid AND state = 'listing' AND size = ${at.size}
      AND cursor IS NOT DISTINCT FROM ${at.cursor}::text FOR UPDATE`;
  if (!mine) return false;
  const people = pages.flatMap((p) => p.items);
  await rememberProfiles(tx, at.network, people, now);
  const claimed = pages.findLast((p) => p.total !== null)?.total ?? null;
  const ids = people.map((p) => profileId(at.network, p.nativeId));
  // A list that shifts while it is paged shows somebody twice: the first place counts.
  const added = await tx.$executeRaw`
    INSERT INTO audience_members (audience_id, profile_id, seq)
    SELECT ${audienceId}::uuid, m.id, ${at.size}::int + (row_number() OVER (ORDER BY m.n))::int - 1
    FROM (SELECT id, min(n) AS n FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS u (id, n)
          WHERE NOT EXISTS (SELECT FROM audience_members o WHERE o.audience_id = ${audienceId}::uuid AND o.profile_id = u.id)
          GROUP BY id) m`;
  await tx.audience.update({
    where: { id: audienceId },
    data: {
      cursor,
      size: at.size + added,
      ...(cursor === null ? { listedSize: at.size + added } : {}),
      ...(claimed === null ? {} : { claimed }),
      tries: 0,
      problem: null,
      state: cursor === null ? 'complete' : 'listing',
      completedAt: cursor === null ? now : null,
      wakeAt: cursor === null ? null : new Date(now.getTime() + MINUTE),
    },
  });
  return true;
}

/** Tells the shields and previews of every tenant that wait for this crowd, each inside its own tenant. */
async function wakeShields(ctx: WorkerContext, audienceId: string): Promise<void> {
  const waiting = await ctx.prisma.$queryRaw<{ tenantId: string; shieldId: string; state: string }[]>`
    SELECT tenant_id AS "tenantId", shield_id AS "shieldId", state::text AS state
    FROM across.shields_on(${audienceId}::uuid)`;
  for (const { tenantId, shieldId, state } of waiting) {
    await withTenant(ctx.prisma, tenantId, async (tx) => {
      if (state === 'gathering') await enqueue(tx, planShieldJob, { tenantId, shieldId });
      else if (await hasToBeCounted(tx, tenantId, shieldId)) await enqueue(tx, countPreviewJob, { tenantId, shieldId });
      await record(tx, tenantId, ctx.clock.now(), [{ kind: 'shield', subjectId: shieldId }]);
    });
  }
}

/** Whether whom a preview means has to be counted. */
async function hasToBeCounted(tx: Tx, tenantId: string, shieldId: string): Promise<boolean> {
  const select = { kind: true, network: true, subjectId: true } as const;
  return mayOverlap(await tx.source.findMany({ where: { tenantId, shieldId }, select }));
}

async function putOff(ctx: WorkerContext, audienceId: string, row: Row, error: unknown): Promise<Outcome> {
  if (!(error instanceof NetworkError)) throw error;
  const gone = FOR_GOOD.includes(error.problem);
  const soon = new Date(ctx.clock.now().getTime() + backoff(row.tries + 1, Math.random()));
  // A cap may be raised at any time, by any of those who wait, or by whoever runs this.
  const at = error.problem === 'unaffordable' || error.problem === 'capped' ? soon : (error.until ?? soon);
  await ctx.prisma.audience.updateMany({
    where: { id: audienceId, state: 'listing' },
    data: gone
      ? { state: 'failed', problem: error.problem, wakeAt: null }
      : { tries: Math.min(row.tries + 1, 100), problem: error.problem, wakeAt: at },
  });
  await wakeShields(ctx, audienceId);
  return snooze(error.problem);
}
