import { MINUTE } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { lockRunning, moveOn, recount, wakeAccounts } from '../effects/index.ts';
import { record } from '../events/index.ts';
import { accountsOf } from './accounts.ts';
import { choose } from './choose.ts';
import { counts, crowdsOf } from './crowds.ts';
import { DESCRIBED, undescribed } from './describe.ts';
import { holdPending } from './hold-pending.ts';
import { describeCrowdJob, planShieldJob } from './jobs.ts';
import { moveTo } from './move-to.ts';
import { planMembers } from './plan-members.ts';
import { waitsWhileListing } from './policy/index.ts';
import { readIfOld } from './prepare.ts';
import type { WaitingFor } from './schemas.ts';
import { staying } from './staying.ts';
import { unplanned } from './unplanned.ts';
import { problemOf } from './view-source.ts';

type Ref = { tenantId: string; shieldId: string };

/**
 * Plans the next stretch of a raised shield's crowd: who is spared and why, and which effects are wanted. Goes on with
 * each page that is listed, so that the first are blocked while the last are still being found.
 */
export async function planShield(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  return withTenant(ctx.prisma, ref.tenantId, async (tx) => {
    await lockRunning(tx, ref.tenantId, await accountsOf(tx, ref.tenantId, ref.shieldId));
    await tx.$executeRaw`
      SELECT id FROM shields WHERE tenant_id = ${ref.tenantId}::uuid AND id = ${ref.shieldId}::uuid FOR UPDATE`;
    const shield = await tx.shield.findUnique({
      where: { tenantId_id: { tenantId: ref.tenantId, id: ref.shieldId } },
      include: { sources: { orderBy: { ordinal: 'asc' } }, connections: { orderBy: { accountId: 'asc' } } },
    });
    if (shield?.state !== 'gathering') return drop('nothing_to_plan');
    const now = ctx.clock.now();
    if (shield.pausedAt || shield.cancelledAt || shield.undoneAt) return drop('not_now');
    const accounts = await staying(tx, ref.tenantId, shield.connections);
    const accountIds = accounts.map((account) => account.accountId);
    let known = true;
    for (const accountId of accountIds) {
      const fresh = await readIfOld(tx, ref.tenantId, accountId, shield, now);
      known &&= fresh;
    }
    if (!known) {
      await put(tx, ref, { waiting: 'people', wakeAt: new Date(now.getTime() + MINUTE) });
      await record(tx, ref.tenantId, now, [{ kind: 'shield', subjectId: ref.shieldId }]);
      return snooze('people');
    }
    let left = false;
    let describing = false;
    let listing = false;
    let problem: string | null = null;
    let waiting: WaitingFor | null = null;
    const crowds = await crowdsOf(tx, ref.tenantId, shield.sources);
    for (const crowd of crowds) {
      const { source, size } = crowd;
      if (!crowd.complete) {
        listing = true;
        waiting ??= waitsWhileListing(crowd.problem);
      } else problem ??= problemOf(crowd.problem, crowd.source.kind);
      if (size <= source.plannedTo || left) {
        left ||= size > source.plannedTo;
        continue;
      }
      const port = ctx.networks[source.network];
      if ((await undescribed(tx, crowd, shield, { port, now, most: 1 })).length > 0) {
        left = true;
        describing = true;
        continue;
      }
      const to = Math.min(size, source.plannedTo + DESCRIBED);
      const meant = await choose(tx, crowd, { among: crowds, threshold: shield.threshold, to });
      const profileIds = await unplanned(tx, shield, shield.sources, meant);
      const others = await planMembers(tx, {
        shield,
        profileIds,
        named: !counts(source),
        accountIds: accounts.filter((a) => a.network === source.network).map((a) => a.accountId),
        now,
      });
      await recount(tx, ref.tenantId, others, now);
      await moveTo(tx, ref, source, to, profileIds.length);
      left = to < size;
    }
    const complete = !left && !listing;
    await put(tx, ref, {
      waiting: describing ? 'people' : waiting,
      problem,
      wakeAt: complete ? null : new Date(now.getTime() + MINUTE),
      ...(complete ? { plannedAt: now, state: 'acting' } : {}),
    });
    if (complete) await settlePlan(tx, ref, accountIds, now);
    if (left) await enqueue(tx, describing ? describeCrowdJob : planShieldJob, ref);
    await record(tx, ref.tenantId, now, [{ kind: 'shield', subjectId: ref.shieldId }]);
    await wakeAccounts(tx, ref.tenantId, accountIds, now);
    return complete || left ? done() : snooze('listing');
  });
}

type Change = {
  waiting: string | null;
  wakeAt: Date | null;
  problem?: string | null;
  plannedAt?: Date;
  state?: 'acting';
};

async function put(tx: Tx, ref: Ref, data: Change): Promise<void> {
  await tx.shield.update({ where: { tenantId_id: { tenantId: ref.tenantId, id: ref.shieldId } }, data });
}

/** The whole crowd is known: tokens held are brought to what is needed, and the shield moves on. */
async function settlePlan(tx: Tx, ref: Ref, accountIds: string[], now: Date): Promise<void> {
  await holdPending(tx, ref, accountIds, now);
  await auditSystem(tx, ref.tenantId, now, { action: 'shield.planned', subjectId: ref.shieldId });
  await moveOn(tx, ref.tenantId, [ref.shieldId], now);
  // Who was let go meanwhile is unwound even if the job for it was lost: only now is its time to be woken not the plan's.
  await tx.$executeRaw`
    UPDATE shields s SET wake_at = ${new Date(now.getTime() + MINUTE)}
    WHERE s.tenant_id = ${ref.tenantId}::uuid AND s.id = ${ref.shieldId}::uuid
      AND EXISTS (SELECT FROM targets t WHERE t.tenant_id = s.tenant_id AND t.shield_id = s.id AND t.state = 'covering'
                    AND t.reason = 'undone_one')`;
}
