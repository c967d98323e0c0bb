import { Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { crowdSize } from './estimate.ts';
import { capabilityOf } from './policy/capability.ts';
import { type Counts, listInput, type ShieldRow, type ShieldView, shieldInput } from './schemas.ts';
import { subjectOf } from './view-subject.ts';

/** Shields on one page of the list. */
const PAGE = 50;
/** Jitter lengthens a hold by at most a twentieth. */
const LONGEST = 1.05;

type Row = NonNullable<Awaited<ReturnType<typeof find>>>;

async function find(tx: Tx, tenantId: string, id: string) {
  return tx.shield.findUnique({
    where: { tenantId_id: { tenantId, id } },
    include: { sources: { orderBy: { ordinal: 'asc' } }, connections: { orderBy: { accountId: 'asc' } } },
  });
}

/** A shield as its page shows it. Only what the network acknowledged counts as done. */
export async function getShield(ctx: MemberContext, raw: unknown): Promise<ShieldView> {
  const { id } = shieldInput.parse(raw);
  const { tenantId } = ctx.actor;
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const shield = await find(tx, tenantId, id);
    if (!shield || shield.state === 'preview' || shield.state === 'discarded') throw new Refusal('not_found');
    const size = await crowdSize(tx, shield);
    const connections = await tx.connection.findMany({
      where: { tenantId, id: { in: shield.connections.map((c) => c.connectionId) } },
      select: { id: true, handle: true, state: true },
    });
    return {
      ...(await rowOf(tx, shield)),
      public: capabilityOf('bluesky', shield.action).public,
      includesFollowers: shield.sources.some((s) => s.kind === 'followers'),
      connections,
      cancelledAt: shield.cancelledAt,
      undoneAt: shield.undoneAt,
      listed: size.listed,
      expected: size.expected,
      waiting: await waitingOf(tx, shield),
      problem: shield.problem,
      firstLiftAt: liftAt(shield, 'first'),
      tokens: {
        held: sum(shield, (c) => c.tokensHeld),
        charged: sum(shield, (c) => c.tokensCharged),
      },
    };
  });
}

/** The tenant's raised shields, newest first. */
export async function listShields(ctx: MemberContext, raw: unknown): Promise<ShieldRow[]> {
  const { before } = listInput.parse(raw);
  const { tenantId } = ctx.actor;
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const shields = await tx.shield.findMany({
      where: { tenantId, state: { notIn: ['preview', 'discarded'] }, ...(before ? { createdAt: { lt: before } } : {}) },
      orderBy: { createdAt: 'desc' },
      take: PAGE,
      include: { sources: { orderBy: { ordinal: 'asc' } }, connections: { orderBy: { accountId: 'asc' } } },
    });
    return Promise.all(shields.map((shield) => rowOf(tx, shield)));
  });
}

async function rowOf(tx: Tx, shield: Row): Promise<ShieldRow> {
  const [source] = shield.sources;
  return {
    id: shield.id,
    state: shield.state,
    action: shield.action,
    subject: await subjectOf(tx, source?.subjectId ?? null),
    query: source?.query ?? '',
    counts: countsOf(shield),
    raisedAt: shield.raisedAt,
    pausedAt: shield.pausedAt,
    hold: shield.holdSeconds,
    lastLiftAt: liftAt(shield, 'last'),
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

/** When the first or the last of what is done so far is lifted; null while nothing is, or nobody set an end. */
function liftAt(shield: Row, which: 'first' | 'last'): Date | null {
  if (shield.undoneAt) return shield.undoneAt;
  if (shield.endsAt) return shield.endsAt;
  if (shield.holdSeconds === null) return null;
  const times = shield.connections.flatMap((c) => (which === 'first' ? c.firstDoneAt : c.lastDoneAt) ?? []);
  const [first, ...rest] = times.map((t) => t.getTime());
  if (first === undefined) return null;
  const from = which === 'first' ? Math.min(first, ...rest) : Math.max(first, ...rest);
  return new Date(from + Math.round(shield.holdSeconds * 1000 * (which === 'last' ? LONGEST : 1)));
}

const WHY = ['people', 'tokens', 'budget', 'network', 'connection'] as const;

/** Why it isn't going on now: the plan's own reason, else that of the account that waits. */
async function waitingOf(tx: Tx, shield: Row): Promise<ShieldView['waiting']> {
  const known = (why: string | null) => WHY.find((w) => w === why);
  const own = known(shield.waiting);
  if (own) return { why: own, until: null };
  const busy = shield.connections.filter((c) => c.pending > 0 || (shield.undoneAt !== null && c.done > 0));
  if (busy.length === 0 || shield.pausedAt) return null;
  const accounts = await tx.networkAccount.findMany({
    where: { tenantId: shield.tenantId, accountId: { in: busy.map((c) => c.accountId) }, waiting: { not: null } },
    select: { waiting: true, wakeAt: true },
  });
  for (const account of accounts) {
    const why = known(account.waiting);
    if (why) return { why, until: account.wakeAt };
  }
  return null;
}
