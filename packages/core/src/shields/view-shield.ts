import { HOUR, Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { UNTOLD } from '../connections/jobs.ts';
import type { MemberContext } from '../context/index.ts';
import { nextMonth } from '../spending/policy/index.ts';
import { demand } from '../tenants/index.ts';
import { crowdsOf } from './crowds.ts';
import { sizeOf } from './estimate.ts';
import { firstDoneOf, firstLift, lastLift, letGoAt } from './lifts.ts';
import { permit, seen } from './permit.ts';
import { capabilityOf } from './policy/capability.ts';
import { renewalOf, waitsWhileReading } from './policy/index.ts';
import {
  type Counts,
  listInput,
  type ShieldRow,
  type ShieldState,
  type ShieldView,
  shieldInput,
  WAITS,
  type WaitingFor,
} from './schemas.ts';
import { keepingOf } from './view-keeping.ts';
import { aboutOf, viewSource } from './view-source.ts';
import { subjectOf } from './view-subject.ts';

/** Shields on one page of the list. */
const PAGE = 50;
/** A lift that failed is tried again within that: packages/base/src/backoff.ts. */
const LONGEST_BACKOFF = 1.25 * HOUR;

/** States in which there is, or may come, somebody to write. */
const WRITES: readonly ShieldState[] = ['gathering', 'acting', 'holding'];

type Row = NonNullable<Awaited<ReturnType<typeof find>>>;

async function find(tx: Tx, tenantId: string, id: string) {
  return tx.shield.findUnique({
    where: { tenantId_id: { tenantId, id } },
    include: { sources: { orderBy: { ordinal: 'asc' } }, connections: { orderBy: { accountId: 'asc' } } },
  });
}

/** A shield as its page shows it. Only what the network acknowledged counts as done. */
export async function getShield(ctx: MemberContext, raw: unknown): Promise<ShieldView> {
  demand(ctx, 'look');
  const { id } = shieldInput.parse(raw);
  const { tenantId } = ctx.actor;
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    await permit(tx, ctx, id, 'look');
    const shield = await find(tx, tenantId, id);
    if (!shield || shield.state === 'preview' || shield.state === 'discarded') throw new Refusal('not_found');
    const connections = await tx.connection.findMany({
      where: { tenantId, id: { in: shield.connections.map((c) => c.connectionId) } },
      select: { id: true, handle: true, state: true, network: true, accountId: true },
    });
    const crowds = await crowdsOf(tx, tenantId, shield.sources);
    const size = sizeOf(crowds, shield.sources);
    return {
      ...(await rowOf(tx, shield, ctx.clock.now())),
      public: connections.some(({ network }) => capabilityOf(network, shield.action).public),
      sources: await Promise.all(
        shield.sources.map((source) => {
          return viewSource(
            tx,
            source,
            crowds.find((c) => c.source === source),
          );
        }),
      ),
      threshold: shield.threshold,
      connections: connections.map(({ id, handle, state }) => ({ id, handle, state })),
      talksUntold: await talksUntold(tx, shield, connections),
      listed: size.listed,
      expected: size.expected,
      waiting: await waitingOf(tx, shield, ctx.clock.now()),
      problem: shield.problem,
      keeping: await keepingOf(tx, { ...shield, firstDoneAt: firstDoneOf(shield) }, ctx.clock.now()),
      reason: shield.reason,
      note: shield.note,
      tokens: {
        held: sum(shield, (c) => c.tokensHeld),
        charged: sum(shield, (c) => c.tokensCharged),
      },
    };
  });
}

/** The tenant's shields, newest first, with the previews that were not discarded. */
export async function listShields(ctx: MemberContext, raw: unknown): Promise<ShieldRow[]> {
  demand(ctx, 'look');
  const { before } = listInput.parse(raw);
  const { tenantId } = ctx.actor;
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const shields = await tx.shield.findMany({
      where: { tenantId, state: { not: 'discarded' }, ...seen(ctx), ...(before ? { createdAt: { lt: before } } : {}) },
      orderBy: { createdAt: 'desc' },
      take: PAGE,
      include: { sources: { orderBy: { ordinal: 'asc' } }, connections: { orderBy: { accountId: 'asc' } } },
    });
    return Promise.all(shields.map((shield) => rowOf(tx, shield, ctx.clock.now())));
  });
}

async function rowOf(tx: Tx, shield: Row, now: Date): Promise<ShieldRow> {
  const [source] = shield.sources;
  return {
    id: shield.id,
    state: shield.state,
    action: shield.action,
    subject: await subjectOf(tx, source ? aboutOf(source) : null),
    query: source?.query ?? '',
    counts: countsOf(shield),
    createdAt: shield.createdAt,
    raisedAt: shield.raisedAt,
    pausedAt: shield.pausedAt,
    cancelledAt: shield.cancelledAt,
    undoneAt: shield.undoneAt,
    letGoAt: letGoAt(shield),
    renewal: renewalOf({ ...shield, firstLiftAt: firstLift(shield) }, now),
    hold: shield.holdSeconds,
    firstLiftAt: firstLift(shield),
    lastLiftAt: lastLift(shield),
    endedAt: shield.endedAt,
  };
}

function countsOf(shield: Row): Counts {
  return {
    total: sum(shield, (c) => c.total),
    spared: sum(shield, (c) => c.spared),
    already: sum(shield, (c) => c.already),
    pending: sum(shield, (c) => c.pending),
    done: sum(shield, (c) => c.done),
    failed: sum(shield, (c) => c.failed),
    over: sum(shield, (c) => c.over),
  };
}

function sum(shield: Row, of: (c: Row['connections'][number]) => number): number {
  return shield.connections.reduce((total, c) => total + of(c), 0);
}

/** Why it isn't going on now: the plan's own reason, else that of the account that waits. */
async function waitingOf(tx: Tx, shield: Row, now: Date): Promise<ShieldView['waiting']> {
  const known = (why: string | null) => WAITS.find((w) => w === why);
  const own = known(shield.waiting);
  if (own === 'people') return waitsFor((await unread(tx, shield)) ?? own, null, now);
  if (own) return waitsFor(own, null, now);
  const late = await lateLifts(tx, shield, now);
  const busy = shield.connections.filter((c) => (c.pending > 0 && !shield.pausedAt) || late.has(c.accountId));
  if (busy.length === 0) return null;
  const accounts = await tx.networkAccount.findMany({
    where: { tenantId: shield.tenantId, accountId: { in: busy.map((c) => c.accountId) } },
    select: { accountId: true, waiting: true, wakeAt: true },
    orderBy: { accountId: 'asc' },
  });
  for (const account of accounts) {
    const why = known(account.waiting) ?? (late.get(account.accountId) ? 'network' : undefined);
    if (why) return waitsFor(why, account.wakeAt, now);
  }
  return null;
}

/** Until when, where that is known: nobody knows when somebody else pays. */
function waitsFor(why: WaitingFor, until: Date | null, now: Date): ShieldView['waiting'] {
  if (why === 'unpaid' || why === 'closed') return { why, until: null };
  return { why, until: why === 'capped' ? nextMonth(now) : until };
}

/** Why the people of one of its accounts can't be read; null where they only haven't been yet. */
async function unread(tx: Tx, { tenantId, connections }: Row): Promise<WaitingFor | null> {
  const accountId = { in: connections.map((c) => c.accountId) };
  const readings = await tx.reading.findMany({ where: { tenantId, accountId, problem: { not: null } } });
  return readings.flatMap(({ problem }) => waitsWhileReading(problem) ?? [])[0] ?? null;
}

/** Whom of those that it acts as nobody tells any more whom they talk with, as long as it may still write by that. */
async function talksUntold(
  tx: Tx,
  shield: Row,
  connections: { accountId: string | null; handle: string }[],
): Promise<string[]> {
  if (shield.forTalked === 'nothing' || !WRITES.includes(shield.state)) return [];
  if (shield.cancelledAt !== null || shield.undoneAt !== null) return [];
  const accountId = { in: shield.connections.map((c) => c.accountId) };
  const readings = await tx.reading.findMany({
    where: { tenantId: shield.tenantId, accountId, kind: 'talked', problem: UNTOLD },
    select: { accountId: true },
  });
  return connections.filter((c) => readings.some((r) => r.accountId === c.accountId)).map(({ handle }) => handle);
}

/** Accounts on which a lift of this shield is due and not done yet, each with whether one was tried and failed. */
async function lateLifts(tx: Tx, shield: Row, now: Date): Promise<Map<string, boolean>> {
  const holding = shield.connections.filter((c) => c.done > 0).map((c) => c.accountId);
  if (holding.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ accountId: string; failed: boolean }[]>`
    SELECT e.account_id AS "accountId", bool_or(e.problem IS NOT NULL) AS failed
    FROM effects e JOIN targets t ON t.tenant_id = e.tenant_id AND t.account_id = e.account_id
      AND t.profile_id = e.profile_id AND t.action = e.action
    WHERE e.tenant_id = ${shield.tenantId}::uuid AND e.account_id = ANY(${holding}::uuid[]) AND e.state = 'applied'
      AND e.due_at <= ${new Date(now.getTime() + LONGEST_BACKOFF)} AND (e.due_at <= ${now} OR e.problem IS NOT NULL)
      AND t.shield_id = ${shield.id}::uuid AND t.state = 'covering'
    GROUP BY e.account_id`;
  return new Map(rows.map((row) => [row.accountId, row.failed]));
}
