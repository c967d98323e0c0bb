import { setTimeout as pause } from 'node:timers/promises';
import { type SqlTx, withTenantSql } from '@secateur/db';
import { done, drop, type Outcome, snooze } from '@secateur/queue';
import { actingFor, actingWith, markRevoked, moverOf, networkOf } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { type Account, LEASE, lockAccount, pokeAccount } from './account.ts';
import { claim } from './claim.ts';
import { newDraft, stop } from './draft.ts';
import { noteLooked } from './looked.ts';
import { perform } from './perform.ts';
import type { Looked } from './perform-apply.ts';
import { abandon, release } from './release.ts';
import { report } from './report.ts';
import type { AccountRef, Chunk, Report } from './types.ts';
import { wakeAccounts } from './wake.ts';

/** Milliseconds of one turn: then the account goes back to the queue, so that everybody's turn comes round. */
const TURN = 1_500;

/** Milliseconds between attempts to give up a claim while the database does not answer. */
const INSIST_EVERY = 100;

/**
 * One turn of one network account. Claims a chunk of what is due, does it on the network, writes what came of it and the
 * next claim in one transaction, and so on until nothing is due, a budget is spent or the turn is over.
 */
export async function act(ctx: WorkerContext, ref: AccountRef): Promise<Outcome> {
  const mine: Mine = { epoch: null };
  try {
    const end = await takeTurn(ctx, ref, mine);
    if (end.kind === 'held') return snooze('held_by_another');
    if (end.kind === 'gone') return drop('no_such_account');
    return end.waiting === null ? done() : snooze(end.waiting);
  } catch (error) {
    if (mine.epoch !== null) await giveUp(ctx, ref, mine.epoch);
    throw error;
  }
}

/** The last epoch under which a turn claimed the account, or tried to. */
type Mine = { epoch: number | null };

async function takeTurn(ctx: WorkerContext, ref: AccountRef, mine: Mine): Promise<Exclude<Next, Chunk>> {
  const until = performance.now() + TURN;
  let next = await step(ctx, ref, async (tx) => {
    const account = await lockAccount(tx, ref);
    if (!account) return { kind: 'gone' };
    if (!account.live) return goOn(tx, ctx, ref, account, mine);
    await pokeAccount(tx, ref);
    return { kind: 'held' };
  });
  while (next.kind === 'chunk') next = await turn(ctx, next, until, mine);
  return next;
}

/**
 * Insists for as long as the claim lasts: to everybody else this process is alive and at work on it, only it knows better.
 * A database that was restarted is back long before.
 */
async function giveUp(ctx: WorkerContext, ref: AccountRef, epoch: number): Promise<void> {
  const until = performance.now() + LEASE;
  for (;;) {
    try {
      return await withTenantSql(ctx.prisma, ref.tenantId, (tx) => abandon(tx, ctx, ref, epoch));
    } catch (error) {
      if (ctx.lost.aborted || performance.now() > until) throw error;
      await pause(INSIST_EVERY);
    }
  }
}

type Next = Chunk | { kind: 'held' } | { kind: 'gone' } | { kind: 'over'; waiting: string | null };

/** Sends one chunk; then, in one transaction, writes what came of it and either claims the next or gives up the account. */
async function turn(ctx: WorkerContext, chunk: Chunk, until: number, mine: Mine): Promise<Next> {
  const { ref, connection } = chunk;
  const result = await send(ctx, chunk);
  const { trouble } = result;
  const next = await step(ctx, ref, async (tx) => {
    const account = await report(tx, ctx, chunk, result, networkOf(ctx, connection.network));
    if (!account) return { kind: 'held' };
    if (trouble === null && performance.now() < until) return goOn(tx, ctx, ref, account, mine);
    await release(tx, ctx, ref, account, { idle: null, trouble });
    return { kind: 'over', waiting: trouble?.why ?? null };
  });
  if (trouble?.why === 'connection') await noLongerLetIn(ctx, ref, connection, trouble.problem);
  return next;
}

/** Says so to whose the connection is. Somebody else's credentials may do for an account that is moved away: it tries those. */
async function noLongerLetIn(
  ctx: WorkerContext,
  { tenantId, accountId }: AccountRef,
  connection: Chunk['connection'],
  problem: string,
): Promise<void> {
  const news = await markRevoked(ctx, connection.tenantId, connection.id, problem);
  if (!news) return;
  await withTenantSql(ctx.prisma, tenantId, async (tx) => {
    if (await moverOf(tx, accountId)) await wakeAccounts(tx, tenantId, [accountId], ctx.clock.now());
  });
}

/** One transaction of a turn. */
function step(ctx: WorkerContext, ref: AccountRef, work: (tx: SqlTx) => Promise<Next>): Promise<Next> {
  return withTenantSql(ctx.prisma, ref.tenantId, work);
}

/** Claims what is due on the locked account, or gives it up. */
async function goOn(tx: SqlTx, ctx: WorkerContext, ref: AccountRef, account: Account, mine: Mine): Promise<Next> {
  mine.epoch = account.epoch + 1;
  const found = await claim(tx, ctx, ref, account);
  if (found.kind === 'chunk') return found;
  await release(tx, ctx, ref, account, { idle: found, trouble: null });
  return { kind: 'over', waiting: found.waiting };
}

async function send(ctx: WorkerContext, chunk: Chunk): Promise<Report> {
  const { tenantId, id: connectionId, sealed } = chunk.connection;
  const looked: Looked = (action, items) => noteLooked(ctx, chunk, action, items);
  if (sealed !== null) {
    const acting = await actingWith(ctx, { ...chunk.connection, nativeId: chunk.nativeId, sealed }, chunk.opening);
    return perform(acting, chunk, ctx.clock.now(), looked);
  }
  try {
    return await perform(await actingFor(ctx, tenantId, connectionId), chunk, ctx.clock.now(), looked);
  } catch (error) {
    // Whoever proved it took it back in the meantime.
    const draft = newDraft(chunk);
    stop(draft, error);
    return draft;
  }
}
