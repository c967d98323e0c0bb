import { MINUTE } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { lockRunning, moveOn, recount, wakeAccounts } from '../effects/index.ts';
import { record } from '../events/index.ts';
import { holdTokens } from '../quotas/index.ts';
import { accountsOf } from './accounts.ts';
import { choose } from './choose.ts';
import { counts, crowdsOf } from './crowds.ts';
import { DESCRIBED, undescribed } from './describe.ts';
import { describeCrowdJob, planShieldJob } from './jobs.ts';
import { moveTo } from './move-to.ts';
import { planMembers } from './plan-members.ts';
import { readIfOld } from './prepare.ts';
import { unplanned } from './unplanned.ts';

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
    const crowds = await crowdsOf(tx, ref.tenantId, shield.sources);
    for (const crowd of crowds) {
      const { source, size } = crowd;
      if (!crowd.complete) listing = true;
      problem ??= crowd.problem;
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
      waiting: describing ? 'people' : problem === 'unaffordable' ? 'spending' : null,
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

/** The accounts that are not about to be disconnected, each with where it is. */
async function staying(
  tx: Tx,
  tenantId: string,
  on: { connectionId: string; accountId: string }[],
): Promise<{ accountId: string; network: NetworkName }[]> {
  const rows = await tx.connection.findMany({
    where: { tenantId, id: { in: on.map((c) => c.connectionId) }, state: { notIn: ['leaving', 'gone'] } },
    select: { id: true, network: true },
  });
  return on.flatMap(({ connectionId, accountId }) => {
    const stays = rows.find(({ id }) => id === connectionId);
    return stays ? [{ accountId, network: stays.network }] : [];
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
  for (const accountId of accountIds) {
    const key = { tenantId_shieldId_accountId: { ...ref, accountId } };
    const row = await tx.shieldConnection.findUniqueOrThrow({ where: key });
    if (row.tokensHeld < row.pending) {
      const more = await holdTokens(tx, { tenantId: ref.tenantId, accountId }, row.pending - row.tokensHeld, now);
      await tx.shieldConnection.update({ where: key, data: { tokensHeld: { increment: more } } });
    }
  }
  await auditSystem(tx, ref.tenantId, now, { action: 'shield.planned', subjectId: ref.shieldId });
  await moveOn(tx, ref.tenantId, [ref.shieldId], now);
}
