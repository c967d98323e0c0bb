import { backoff, DAY, MINUTE } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { NetworkError, type NetworkName, type ProfilePage } from '@secateur/networks/port';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import type { WorkerContext } from '../context/index.ts';
import type { SourceInput } from '../shields/schemas.ts';
import { readUploadJob } from './jobs.ts';
import { type Answer, type Asked, lookUp } from './look-up.ts';
import { comesBack, nextSeen, type SeenRow, storeSeen } from './see.ts';
import { store } from './store.ts';
import { wakeShields } from './wake-shields.ts';

export type UploadRef = { tenantId: string; uploadId: string };
type Row = {
  network: NetworkName;
  state: string;
  atLine: number;
  size: number;
  tries: number;
  kind: SourceInput['kind'];
  ref: string | null;
  connectionId: string | null;
  cursor: string | null;
};

/** Milliseconds that one turn looks before it lets others have theirs. */
const TURN = 1_000;
/** Most lines taken at once: those that name an id are known without asking. */
const MOST = 500;
/** How long a file is kept that no shield took. */
const UNUSED = 7 * DAY;

/**
 * Looks on for the accounts that a file names, or lists on in a crowd that only an account may list, at its network's pace, and
 * wakes the shields that wait for them.
 */
export async function readUpload(ctx: WorkerContext, ref: UploadRef): Promise<Outcome> {
  const until = performance.now() + TURN;
  while (performance.now() < until) {
    const row = await withTenant(ctx.prisma, ref.tenantId, (tx) => load(tx, ref));
    if (!row) return drop('no_such_file');
    if (row.state !== 'listing') return tidy(ctx, ref);
    const seen = asSeen(row);
    if (seen) {
      const over = await seeOn(ctx, ref, row, seen);
      if (over) return over;
      continue;
    }
    const lines = await withTenant(ctx.prisma, ref.tenantId, (tx) => next(tx, ref, row.atLine));
    if (lines.length === 0) {
      await withTenant(ctx.prisma, ref.tenantId, (tx) => end(tx, ctx, ref, 'complete', null));
      return done();
    }
    const port = ctx.networks[row.network];
    if (!port) return drop('no_adapter');
    const { answers, trouble } = await lookUp(ctx, ref.tenantId, port, lines);
    const mine = await withTenant(ctx.prisma, ref.tenantId, (tx) => keep(tx, ctx, ref, row, answers));
    if (!mine) return drop('another_reader_went_on');
    if (trouble) return putOff(ctx, ref, row, trouble);
  }
  await ctx.prisma.$transaction((tx) => enqueue(tx, readUploadJob, ref));
  return snooze('turn_over');
}

/** The row of a crowd that an account lists; null of a file. */
function asSeen({ kind, ref, connectionId, ...row }: Row): SeenRow | null {
  if (kind === 'file' || kind === 'shared' || kind === 'account' || ref === null || connectionId === null) return null;
  return { ...row, kind, ref, connectionId };
}

/** One page of a crowd that an account lists; null when there are more. */
async function seeOn(ctx: WorkerContext, ref: UploadRef, row: Row, seen: SeenRow): Promise<Outcome | null> {
  let page: ProfilePage;
  try {
    page = await nextSeen(ctx, ref, seen);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    if (comesBack(error)) return putOff(ctx, ref, row, error);
    await withTenant(ctx.prisma, ref.tenantId, (tx) => end(tx, ctx, ref, 'failed', error.problem));
    return done();
  }
  if (!(await storeSeen(ctx, ref, seen, page))) return drop('another_reader_went_on');
  const now = ctx.clock.now();
  if (page.cursor !== null) {
    await withTenant(ctx.prisma, ref.tenantId, (tx) => wakeShields(tx, ref, now));
    return null;
  }
  await withTenant(ctx.prisma, ref.tenantId, (tx) => end(tx, ctx, ref, 'complete', null));
  return done();
}

async function load(tx: Tx, ref: UploadRef): Promise<Row | null> {
  return tx.upload.findUnique({
    where: { tenantId_id: { tenantId: ref.tenantId, id: ref.uploadId } },
    select: {
      network: true,
      state: true,
      atLine: true,
      size: true,
      tries: true,
      kind: true,
      ref: true,
      connectionId: true,
      cursor: true,
    },
  });
}

async function next(tx: Tx, ref: UploadRef, after: number): Promise<Asked[]> {
  const rows = await tx.uploadLine.findMany({
    where: { ...ref, line: { gt: after }, state: 'waiting' },
    orderBy: { line: 'asc' },
    take: MOST,
    select: { line: true, query: true },
  });
  return rows.flatMap(({ line, query }) => (query === null ? [] : [{ line, query }]));
}

async function keep(tx: Tx, ctx: WorkerContext, ref: UploadRef, row: Row, answers: Answer[]): Promise<boolean> {
  if (answers.length === 0) return true;
  if (!(await store(tx, ref, row, answers, ctx.clock.now()))) return false;
  await wakeShields(tx, ref, ctx.clock.now());
  return true;
}

async function end(
  tx: Tx,
  ctx: WorkerContext,
  ref: UploadRef,
  state: 'complete' | 'failed',
  problem: string | null,
): Promise<void> {
  const now = ctx.clock.now();
  await tx.upload.updateMany({
    where: { tenantId: ref.tenantId, id: ref.uploadId, state: 'listing' },
    data: { state, problem, wakeAt: new Date(now.getTime() + UNUSED) },
  });
  await wakeShields(tx, ref, now);
}

async function putOff(ctx: WorkerContext, ref: UploadRef, row: Row, error: NetworkError): Promise<Outcome> {
  const now = ctx.clock.now();
  const at = error.until ?? new Date(now.getTime() + backoff(row.tries + 1, Math.random()));
  await withTenant(ctx.prisma, ref.tenantId, (tx) =>
    tx.upload.updateMany({
      where: { tenantId: ref.tenantId, id: ref.uploadId, state: 'listing' },
      data: { tries: Math.min(row.tries + 1, 100), problem: error.problem, wakeAt: at },
    }),
  );
  return snooze(error.problem);
}

/** Throws a file away that no shield took, or asks again later; what a shield took stays with it. */
async function tidy(ctx: WorkerContext, ref: UploadRef): Promise<Outcome> {
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, ref.tenantId, async (tx) => {
    const due = { tenantId: ref.tenantId, id: ref.uploadId, createdAt: { lte: new Date(now.getTime() - UNUSED) } };
    const [used] = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM sources s JOIN shields x ON x.tenant_id = s.tenant_id AND x.id = s.shield_id
      WHERE s.tenant_id = ${ref.tenantId}::uuid AND s.upload_id = ${ref.uploadId}::uuid AND x.state <> 'discarded' LIMIT 1`;
    if (!used) await tx.upload.deleteMany({ where: due });
    await tx.upload.updateMany({
      where: { tenantId: ref.tenantId, id: ref.uploadId, wakeAt: { lte: new Date(now.getTime() + MINUTE) } },
      data: { wakeAt: new Date(now.getTime() + UNUSED) },
    });
    return done();
  });
}
