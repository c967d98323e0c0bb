import { backoff } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import type { NetworkPort } from '@secateur/networks/port';
import { auditSystem, digestOf } from '../audit/index.ts';
import { accountScope, accountStretch, spend } from '../budgets/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { type Account, lockAccount } from './account.ts';
import { recount, Tally, writeTally } from './counts.ts';
import { foundByHand } from './found.ts';
import { settleMoney } from './money.ts';
import { reportApplied, reportFailed, reportNotSent, reportRelated } from './report-apply.ts';
import { reportLifted, reportStillHeld, reportUndone } from './report-lift.ts';
import type { Step } from './step.ts';
import type { Chunk, Claimed, Report } from './types.ts';

/**
 * Writes what became of a chunk, in one transaction with its audit row and the events. Returns the locked account as it
 * is to be written back; null, with nothing written, when the claim was lost in the meantime: whoever holds the account
 * now reads back what was in flight.
 */
export async function report(
  tx: SqlTx,
  ctx: WorkerContext,
  chunk: Chunk,
  result: Report,
  port: NetworkPort,
): Promise<Account | null> {
  const { ref } = chunk;
  const account = await lockAccount(tx, ref);
  if (!account || account.epoch !== chunk.epoch) return null;
  const now = ctx.clock.now();
  const tally = new Tally();
  const applyAction = chunk.applies?.action ?? chunk.unsettled?.action;
  const liftAction = chunk.lifts?.action ?? chunk.unsettled?.action;
  const step: Step = { tx, ref, now, epoch: chunk.epoch, tally, recounted: new Set() };
  if (applyAction) {
    const again = sortRetries(result.retry);
    await reportRelated(step, applyAction, result.related);
    await reportApplied(step, applyAction, result.applied);
    await reportNotSent(step, applyAction, { byHand: result.byHand, own: result.own, again: again.later });
    await reportFailed(step, applyAction, again.never);
  }
  if (liftAction) {
    await reportLifted(step, liftAction, result.lifted);
    await reportStillHeld(step, liftAction, result.stillHeld);
  }
  for (const action of ['block', 'mute'] as const) {
    const undone = result.undone.filter((u) => u.action === action).map((u) => u.claimed);
    await reportUndone(step, action, undone);
  }
  await foundByHand(tx, ref, port.network, result.found, now);
  await writeTally(tx, ref, tally, now);
  await recount(tx, ref.tenantId, [...step.recounted].sort(), now);
  await settleMoney(tx, chunk, result, port, now);
  await spend(tx, accountScope(ref.accountId), accountStretch(port.windows), now, result.extraPoints);
  const moved = lines(result);
  if (moved.length > 0) {
    await auditSystem(tx, ref.tenantId, now, {
      action: 'effects.moved',
      subjectId: ref.accountId,
      count: moved.length,
      digest: digestOf(moved),
    });
  }
  const { trouble } = result;
  const limitedUntil = trouble?.why === 'budget' ? (trouble.until ?? new Date(now.getTime() + backoff(6, 0))) : null;
  const tries = trouble === null ? 0 : Math.min(account.tries + 1, 100);
  return { ...account, head: result.head, mark: result.mark, limitedUntil, tries };
}

/** Tries after which an apply that the network refuses for what it is, is given up and shown as failed. */
const MOST_TRIES = 4;

function sortRetries(retries: Report['retry']): {
  later: Report['retry'];
  never: { claimed: Claimed; problem: string }[];
} {
  const isOver = (r: Report['retry'][number]) => r.counts && r.claimed.tries + 1 >= MOST_TRIES;
  return { later: retries.filter((r) => !isOver(r)), never: retries.filter(isOver) };
}

/** One line for each ledger row that this chunk moved, for the audit row's digest. */
function lines(result: Report): string[] {
  const of = (what: string, items: Claimed[]) => items.map((c) => `${what} ${c.profileId} ${c.key ?? ''}`);
  return [
    ...of('applied', result.applied),
    ...of('lifted', result.lifted),
    ...of(
      'undone',
      result.undone.map((u) => u.claimed),
    ),
    ...of('by_hand', result.byHand),
    ...of(
      'own',
      result.own.map((o) => o.claimed),
    ),
  ];
}
