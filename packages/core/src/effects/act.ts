import { withTenant } from '@secateur/db';
import { done, drop, type Outcome, snooze } from '@secateur/queue';
import { actingWith, markRevoked, networkOf } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { claim, type Idle } from './claim.ts';
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
  let next = await withTenant(ctx.prisma, ref.tenantId, async (tx) => {
    const found = await claim(tx, ctx, ref, null);
    if (found.kind === 'idle') await release(tx, ctx, ref, null, found, null);
    return found;
  });
  while (next.kind === 'chunk') {
    const chunk = next;
    try {
      next = await turn(ctx, chunk, until);
    } catch (error) {
      await withTenant(ctx.prisma, ref.tenantId, (tx) => abandon(tx, ctx, ref, chunk.epoch));
      throw error;
    }
  }
  if (next.kind === 'held') return snooze('held_by_another');
  if (next.kind === 'gone') return drop('no_such_account');
  return next.waiting === null ? done() : snooze(next.waiting);
}

/** Sends one chunk; then, in one transaction, writes what came of it and either claims the next or gives up the account. */
async function turn(ctx: WorkerContext, chunk: Chunk, until: number): Promise<Chunk | Idle> {
  const { ref, connection } = chunk;
  const result = await send(ctx, chunk);
  const next = await withTenant(ctx.prisma, ref.tenantId, async (tx): Promise<Chunk | Idle> => {
    const ours = await report(tx, ctx, chunk, result, networkOf(ctx, connection.network));
    if (!ours) return { kind: 'held' };
    const over = result.trouble !== null || performance.now() >= until;
    const found: Chunk | Idle = over
      ? { kind: 'idle', waiting: null, until: null }
      : await claim(tx, ctx, ref, chunk.epoch);
    if (found.kind === 'idle') await release(tx, ctx, ref, chunk.epoch, over ? null : found, result.trouble);
    return over ? { kind: 'idle', waiting: result.trouble?.why ?? null, until: null } : found;
  });
  if (result.trouble?.why === 'connection') await markRevoked(ctx, ref.tenantId, connection.id, result.trouble.problem);
  return next;
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
