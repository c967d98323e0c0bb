import { backoff, HOUR } from '@secateur/base';
import type { Tx } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import type { WorkerContext } from '../context/index.ts';
import { type Idle, lockAccount } from './claim.ts';
import { actJob } from './jobs.ts';
import type { AccountRef, Report } from './types.ts';

type Next = { lift: Date | null; retry: Date | null; ready: boolean };

/**
 * Gives the account up for now and writes down when it is due again: the next end of a cover, the next retry, the reset
 * of a budget. `idle` says why the turn found nothing to send; null when it went on until its time was up or was stopped
 * by `trouble`.
 */
export async function release(
  tx: Tx,
  ctx: WorkerContext,
  ref: AccountRef,
  epoch: number | null,
  idle: Extract<Idle, { kind: 'idle' }> | null,
  trouble: Report['trouble'],
): Promise<void> {
  const account = await lockAccount(tx, ref);
  if (!account || (epoch !== null && account.epoch !== epoch) || (epoch === null && account.live)) return;
  const now = ctx.clock.now();
  const next = await nextDue(tx, ref, now);
  const waiting = trouble?.why ?? idle?.waiting ?? null;
  const at = wakeAt(now, next, { idle, trouble, tries: account.tries });
  const [row] = await tx.$queryRaw<{ poked: boolean }[]>`
    UPDATE network_accounts n SET holder = NULL, held_until = NULL, poked = false, waiting = ${waiting}::text, wake_at = ${at}::timestamptz
    FROM (SELECT poked FROM network_accounts WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid) b
    WHERE n.tenant_id = ${ref.tenantId}::uuid AND n.account_id = ${ref.accountId}::uuid
    RETURNING b.poked`;
  const again = at !== null && at <= now;
  if (again || row?.poked) await enqueue(tx, actJob, ref);
}

/** After a fault nobody expected: the claim is given up, and the account is tried again after a while. */
export async function abandon(tx: Tx, ctx: WorkerContext, ref: AccountRef, epoch: number): Promise<void> {
  const account = await lockAccount(tx, ref);
  if (!account || account.epoch !== epoch) return;
  const tries = Math.min(account.tries + 1, 100);
  const at = new Date(ctx.clock.now().getTime() + backoff(tries, Math.random()));
  await tx.$executeRaw`
    UPDATE network_accounts SET holder = NULL, held_until = NULL, tries = ${tries}, wake_at = ${at}, waiting = 'network'
    WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid`;
}

/** When the account is due again; null when nothing waits for anything but a person. */
function wakeAt(
  now: Date,
  next: Next,
  why: { idle: Extract<Idle, { kind: 'idle' }> | null; trouble: Report['trouble']; tries: number },
): Date | null {
  const { idle, trouble } = why;
  const work = earliest([next.lift, next.ready ? now : null, next.retry]);
  if (work === null) return null;
  if (trouble) return trouble.until ?? new Date(now.getTime() + backoff(why.tries, Math.random()));
  if (idle?.waiting === 'connection') return new Date(now.getTime() + HOUR);
  if (idle?.until) return earliest([idle.until, next.lift && next.lift > now ? next.lift : null]);
  return work;
}

async function nextDue(tx: Tx, ref: AccountRef, now: Date): Promise<Next> {
  const [row] = await tx.$queryRaw<Next[]>`
    SELECT
      (SELECT min(due_at) FROM effects WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid
         AND state = 'applied' AND due_at IS NOT NULL) AS lift,
      w.retry, (coalesce(w.ready, false) OR EXISTS (SELECT FROM effects WHERE tenant_id = ${ref.tenantId}::uuid
         AND account_id = ${ref.accountId}::uuid AND state IN ('applying', 'lifting'))) AS ready
    FROM (
      SELECT min(e.retry) AS retry, bool_or(e.ready) AS ready
      FROM shield_connections c JOIN shields s ON s.tenant_id = c.tenant_id AND s.id = c.shield_id
      CROSS JOIN LATERAL (
        SELECT
          EXISTS (SELECT FROM effects x WHERE x.tenant_id = c.tenant_id AND x.account_id = c.account_id AND x.shield_id = c.shield_id
                    AND x.state = 'pending' AND (x.due_at IS NULL OR x.due_at <= ${now})) AS ready,
          (SELECT min(x.due_at) FROM effects x WHERE x.tenant_id = c.tenant_id AND x.account_id = c.account_id
             AND x.shield_id = c.shield_id AND x.state = 'pending' AND x.due_at > ${now}) AS retry
      ) e
      WHERE c.tenant_id = ${ref.tenantId}::uuid AND c.account_id = ${ref.accountId}::uuid AND c.pending > 0
        AND s.paused_at IS NULL AND s.cancelled_at IS NULL AND s.undone_at IS NULL
        AND s.state IN ('gathering', 'acting', 'holding')
    ) w`;
  return row ?? { lift: null, retry: null, ready: false };
}

function earliest(dates: (Date | null)[]): Date | null {
  return dates.filter((d) => d !== null).sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
