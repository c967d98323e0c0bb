import { backoff, HOUR } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import type { WorkerContext } from '../context/index.ts';
import { type Account, freeAccount, lockAccount } from './account.ts';
import type { Idle } from './claim.ts';
import { actJob } from './jobs.ts';
import { type Outlook, outlookOf } from './outlook.ts';
import type { AccountRef, Report } from './types.ts';

/** Why a turn is over: nothing to send; stopped by the network; or its time was up, for which both are null. */
export type TurnEnd = { idle: Idle | null; trouble: Report['trouble'] };

/**
 * Gives the locked account up for now and writes down when it is due again: the next end of a cover, the next retry, the
 * reset of a budget.
 */
export async function release(
  tx: SqlTx,
  ctx: WorkerContext,
  ref: AccountRef,
  account: Account,
  ended: TurnEnd,
): Promise<void> {
  const now = ctx.clock.now();
  const outlook = ended.idle?.outlook ?? (await outlookOf(tx, ref, now));
  const waiting = ended.trouble?.why ?? ended.idle?.waiting ?? null;
  const at = wakeAt(now, outlook, ended, account.tries);
  await freeAccount(tx, ref, account, { waiting, wakeAt: at });
  if (account.poked || (at !== null && at <= now)) await enqueue(tx, actJob, ref);
}

/**
 * After a fault nobody expected: what this process claimed under `epoch` is given up, and the account is tried again after a
 * while. The claim before it counts too: whether a commit whose answer was lost came to be, nobody told us.
 */
export async function abandon(tx: SqlTx, ctx: WorkerContext, ref: AccountRef, epoch: number): Promise<void> {
  const account = await lockAccount(tx, ref);
  if (!account || account.holder !== ctx.memberId || account.epoch < epoch - 1 || account.epoch > epoch) return;
  const tries = Math.min(account.tries + 1, 100);
  const at = new Date(ctx.clock.now().getTime() + backoff(tries, Math.random()));
  await tx.$executeRaw`
    UPDATE network_accounts SET holder = NULL, held_until = NULL, tries = ${tries}, wake_at = ${at}, waiting = 'network'
    WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid`;
}

/** When the account is due again; null when nothing waits for anything but a person. */
function wakeAt(
  now: Date,
  { inFlight, lift, shields }: Outlook,
  { idle, trouble }: TurnEnd,
  tries: number,
): Date | null {
  const ready = inFlight || shields.some((s) => s.ready);
  const work = earliest([lift, ready ? now : null, ...shields.map((s) => s.retry)]);
  if (work === null) return null;
  if (trouble) return trouble.until ?? new Date(now.getTime() + backoff(tries, Math.random()));
  if (idle?.waiting === 'connection') return new Date(now.getTime() + HOUR);
  if (idle?.until) return earliest([idle.until, lift && lift > now ? lift : null]);
  return work;
}

function earliest(dates: (Date | null)[]): Date | null {
  return dates.filter((d) => d !== null).sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
