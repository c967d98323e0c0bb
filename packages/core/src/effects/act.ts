import { type SqlTx, withTenantSql } from '@secateur/db';
import { done, drop, type Outcome, snooze } from '@secateur/queue';
import { actingWith, markRevoked, networkOf } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { type Account, lockAccount, pokeAccount } from './account.ts';
import { claim } from './claim.ts';
import { perform } from './perform.ts';
import { abandon, release } from './release.ts';
import { report } from './report.ts';
import type { AccountRef, Chunk, Report } from './types.ts';

/** Milliseconds of one turn: then the account goes back to the queue, so that everybody's turn comes round. */
const TURN = 1_500;

/**
 * One turn of one network account. Claims a chunk of what is due, does it on the network, writes what came of it and the
 * next claim in one transaction, and so on until nothing is due, a budget is spent or the turn is over.
 */
export async function act(ctx: WorkerContext, ref: AccountRef): Promise<Outcome> {
  const until = performance.now() + TURN;
  let next = await step(ctx, ref, async (tx) => {
    const account = await lockAccount(tx, ref);
    if (!account) return { kind: 'gone' };
    if (!account.live) return goOn(tx, ctx, ref, account);
    await pokeAccount(tx, ref);
    return { kind: 'held' };
  });
  while (next.kind === 'chunk') {
    const chunk = next;
    try {
      next = await turn(ctx, chunk, until);
    } catch (error) {
      await withTenantSql(ctx.prisma, ref.tenantId, (tx) => abandon(tx, ctx, ref, chunk.epoch));
      throw error;
    }
  }
  if (next.kind === 'held') return snooze('held_by_another');
  if (next.kind === 'gone') return drop('no_such_account');
  return next.waiting === null ? done() : snooze(next.waiting);
}

type Next = Chunk | { kind: 'held' } | { kind: 'gone' } | { kind: 'over'; waiting: string | null };

/** Sends one chunk; then, in one transaction, writes what came of it and either claims the next or gives up the account. */
async function turn(ctx: WorkerContext, chunk: Chunk, until: number): Promise<Next> {
  const { ref, connection } = chunk;
  const result = await send(ctx, chunk);
  const { trouble } = result;
  const next = await step(ctx, ref, async (tx) => {
    const account = await report(tx, ctx, chunk, result, networkOf(ctx, connection.network));
    if (!account) return { kind: 'held' };
    if (trouble === null && performance.now() < until) return goOn(tx, ctx, ref, account);
    await release(tx, ctx, ref, account, { idle: null, trouble });
    return { kind: 'over', waiting: trouble?.why ?? null };
  });
  if (trouble?.why === 'connection') await markRevoked(ctx, ref.tenantId, connection.id, trouble.problem);
  return next;
}

/** One transaction of a turn. */
function step(ctx: WorkerContext, ref: AccountRef, work: (tx: SqlTx) => Promise<Next>): Promise<Next> {
  return withTenantSql(ctx.prisma, ref.tenantId, work);
}

/** Claims what is due on the locked account, or gives it up. */
async function goOn(tx: SqlTx, ctx: WorkerContext, ref: AccountRef, account: Account): Promise<Next> {
  const found = await claim(tx, ctx, ref, account);
  if (found.kind === 'chunk') return found;
  await release(tx, ctx, ref, account, { idle: found, trouble: null });
  return { kind: 'over', waiting: found.waiting };
}

async function send(ctx: WorkerContext, chunk: Chunk): Promise<Report> {
  const acting = await actingWith(ctx, {
    tenantId: chunk.ref.tenantId,
    connectionId: chunk.connection.id,
    nativeId: chunk.nativeId,
    ...chunk.connection,
  });
  return perform(acting, chunk, ctx.clock.now());
}
