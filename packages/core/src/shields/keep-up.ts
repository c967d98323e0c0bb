import { MINUTE } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { lockRunning, moveOn, recount, wakeAccounts } from '../effects/index.ts';
import { record } from '../events/index.ts';
import { accountsOf } from './accounts.ts';
import { askLooks, forgetLooks, lookedAt } from './ask-looks.ts';
import { choose } from './choose.ts';
import { type Crowd, crowdsOf } from './crowds.ts';
import { DESCRIBED, undescribed } from './describe.ts';
import { holdPending } from './hold-pending.ts';
import { describeCrowdJob, keepUpJob } from './jobs.ts';
import { firstDoneOf } from './lifts.ts';
import { moveTo } from './move-to.ts';
import { planMembers } from './plan-members.ts';
import { KEEP_EVERY, keepsUp } from './policy/index.ts';
import { readIfOld } from './prepare.ts';
import { staying } from './staying.ts';
import { unplanned } from './unplanned.ts';

type Ref = { tenantId: string; shieldId: string };
type Loaded = NonNullable<Awaited<ReturnType<typeof load>>>;

/**
 * Covers whoever joined a shield's crowds since they were planned, each for the whole time from their own confirmation. Has
 * its crowds looked at again, each in its rhythm, and takes up who came by its own looks only; where own people are not known of late, or what the rules go by is not known
 * of those who came, it waits until it is.
 */
export async function keepUp(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  return withTenant(ctx.prisma, ref.tenantId, async (tx) => {
    await lockRunning(tx, ref.tenantId, await accountsOf(tx, ref.tenantId, ref.shieldId));
    await tx.$executeRaw`
      SELECT shield_id FROM keepings
      WHERE tenant_id = ${ref.tenantId}::uuid AND shield_id = ${ref.shieldId}::uuid FOR UPDATE`;
    const shield = await load(tx, ref);
    if (!shield?.keeping || shield.keeping.pausedAt) return drop('keeps_up_no_more');
    const now = ctx.clock.now();
    const phase = keepsUp({ ...shield, firstDoneAt: firstDoneOf(shield) }, now);
    if (phase === 'over') {
      await put(tx, ref, { waiting: null, wakeAt: null });
      return drop('keeps_up_no_more');
    }
    if (phase === 'later') {
      await forgetLooks(tx, ref);
      await put(tx, ref, { waiting: null, wakeAt: new Date(now.getTime() + KEEP_EVERY) });
      return snooze('not_now');
    }
    return goOn(tx, ctx, ref, shield, now);
  });
}

async function load(tx: Tx, ref: Ref) {
  return tx.shield.findUnique({
    where: { tenantId_id: { tenantId: ref.tenantId, id: ref.shieldId } },
    include: {
      keeping: true,
      sources: { orderBy: { ordinal: 'asc' } },
      connections: { orderBy: { accountId: 'asc' } },
    },
  });
}

async function goOn(tx: Tx, ctx: WorkerContext, ref: Ref, shield: Loaded, now: Date): Promise<Outcome> {
  const { ready, waits, problem, dueAt } = await askLooks(tx, ref, shield, now);
  const crowds = await crowdsOf(tx, ref.tenantId, shield.sources, { grown: true });
  const came = crowds.filter((crowd) => ready.includes(crowd.source) && crowd.size > crowd.source.plannedTo);
  if (came.length > 0) {
    const unknown = await unknownYet(tx, ctx, ref, shield, came, now);
    if (unknown) return unknown;
    const planned = await planNew(tx, ref, shield, { crowds, came }, now);
    if (planned) return planned;
  }
  await lookedAt(tx, ref, ready);
  const soon = waits && problem === null ? MINUTE : KEEP_EVERY;
  await put(tx, ref, {
    waiting: problem === null ? null : 'network',
    wakeAt: !waits && ready.length === 0 && dueAt !== null ? dueAt : new Date(now.getTime() + soon),
    ...(ready.length > 0 ? { lookedAt: now } : {}),
  });
  if (ready.length > 0) await record(tx, ref.tenantId, now, [{ kind: 'shield', subjectId: ref.shieldId }]);
  return waits ? snooze('looking') : done();
}

/** Says how the turn ends where it isn't known who of them is to be spared, null where it is. */
async function unknownYet(
  tx: Tx,
  ctx: WorkerContext,
  ref: Ref,
  shield: Loaded,
  came: Crowd[],
  now: Date,
): Promise<Outcome | null> {
  const accounts = await staying(tx, ref.tenantId, shield.connections);
  let known = true;
  for (const { accountId } of accounts) {
    const read = await readIfOld(tx, ref.tenantId, accountId, shield, now);
    known &&= read;
  }
  let described = true;
  for (const crowd of came) {
    const port = ctx.networks[crowd.source.network];
    described &&= (await undescribed(tx, crowd, shield, { port, now, most: 1 })).length === 0;
  }
  if (known && described) return null;
  await put(tx, ref, { waiting: 'people', wakeAt: new Date(now.getTime() + MINUTE) });
  if (!described) await enqueue(tx, describeCrowdJob, ref);
  await record(tx, ref.tenantId, now, [{ kind: 'shield', subjectId: ref.shieldId }]);
  return snooze('people');
}

/** Plans a stretch of those who came. Says how the turn ends, null when everybody who came is planned. */
async function planNew(
  tx: Tx,
  ref: Ref,
  shield: Loaded,
  { crowds, came }: { crowds: Crowd[]; came: Crowd[] },
  now: Date,
): Promise<Outcome | null> {
  const accounts = await staying(tx, ref.tenantId, shield.connections);
  const accountIds = accounts.map((account) => account.accountId);
  let room = DESCRIBED;
  let meant = 0;
  for (const crowd of came) {
    const { source, size } = crowd;
    const to = Math.min(size, source.plannedTo + room);
    room -= to - source.plannedTo;
    const chosen = await choose(tx, crowd, { among: crowds, threshold: shield.threshold, to });
    const profileIds = await unplanned(tx, shield, shield.sources, chosen);
    const others = await planMembers(tx, {
      shield,
      profileIds,
      named: false,
      late: true,
      accountIds: accounts.filter((a) => a.network === source.network).map((a) => a.accountId),
      now,
    });
    await recount(tx, ref.tenantId, others, now);
    await moveTo(tx, ref, source, to, profileIds.length);
    meant += profileIds.length;
  }
  const left = came.some((crowd) => crowd.source.plannedTo < crowd.size);
  if (meant > 0) {
    await tx.keeping.update({
      where: { tenantId_shieldId: ref },
      data: { came: { increment: meant } },
    });
    await holdPending(tx, ref, accountIds, now);
    await moveOn(tx, ref.tenantId, [ref.shieldId], now);
    await auditSystem(tx, ref.tenantId, now, { action: 'shield.kept_up', subjectId: ref.shieldId, count: meant });
    await wakeAccounts(tx, ref.tenantId, accountIds, now);
  }
  if (!left) return null;
  await put(tx, ref, { waiting: null, wakeAt: new Date(now.getTime() + MINUTE) });
  await enqueue(tx, keepUpJob, ref);
  return snooze('more_came');
}

async function put(
  tx: Tx,
  ref: Ref,
  data: { waiting: string | null; wakeAt: Date | null; lookedAt?: Date },
): Promise<void> {
  await tx.keeping.update({ where: { tenantId_shieldId: ref }, data });
}
