import { Refusal, SECOND } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { accountScope, accountStretch, allowedIn } from '../budgets/index.ts';
import type { MemberContext } from '../context/index.ts';
import { bucketsOf } from '../quotas/index.ts';
import { available, largestCrowd } from '../quotas/policy/index.ts';
import { demand } from '../tenants/index.ts';
import { crowdSize, type Estimated } from './estimate.ts';
import { overlap, type SparedPerson } from './overlap.ts';
import { permit } from './permit.ts';
import { type Capability, capabilityOf } from './policy/capability.ts';
import { finishesAt, liftSpan } from './policy/index.ts';
import { PEOPLE_FRESH } from './preview.ts';
import { type PreviewView, type SpareReason, shieldInput } from './schemas.ts';
import { subjectOf } from './view-subject.ts';

/** Most spared people shown by name; the count is of all. */
const NAMED = 100;
/** Members of a crowd that somebody else had listed are shown at the pace of a listing: nobody learns that they were. */
const SHOWN_PER_SECOND = 1_000;

/** Everything that is known of a preview now. */
export async function getPreview(ctx: MemberContext, raw: unknown): Promise<PreviewView> {
  demand(ctx, 'look');
  const { id } = shieldInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    await permit(tx, ctx, id, 'look');
    const shield = await tx.shield.findUnique({
      where: { tenantId_id: { tenantId, id } },
      include: { sources: { orderBy: { ordinal: 'asc' } }, connections: { orderBy: { accountId: 'asc' } } },
    });
    const [source] = shield?.sources ?? [];
    if (!shield || !source || shield.state !== 'preview') throw new Refusal('not_found');
    const capability = capabilityOf('bluesky', shield.action);
    const size = await crowdSize(tx, shield);
    const whole = size.expected ?? size.listed;
    const slow = size.oldest !== null && size.oldest < shield.createdAt;
    const pace = Math.floor(((now.getTime() - shield.createdAt.getTime()) / SECOND) * SHOWN_PER_SECOND);
    const listed = slow ? Math.min(size.listed, pace) : size.listed;
    const accountIds = shield.connections.map((c) => c.accountId);
    const each = await Promise.all(
      accountIds.map((accountId) => ofAccount(tx, shield, accountId, capability, whole, now)),
    );
    const people = unique(each.flatMap((e) => e.spared));
    const toDo = each.reduce((sum, e) => sum + e.toDo, 0);
    const finish = new Date(Math.max(now.getTime(), ...each.map((e) => e.finish.getTime())));
    const lifts = liftSpan(shield.holdSeconds, now, finish);
    const state = shield.problem
      ? 'failed'
      : source.subjectId === null
        ? 'resolving'
        : size.complete && listed === size.listed
          ? 'ready'
          : 'listing';
    return {
      id,
      action: shield.action,
      hold: shield.holdSeconds,
      connections: await handlesOf(tx, tenantId, shield.connections),
      query: source.query,
      state,
      problem: shield.problem,
      subject: await subjectOf(tx, source.subjectId),
      listed,
      expected: size.expected,
      peopleKnown: each.every((e) => e.peopleKnown),
      spared: counts(people),
      sparedPeople: people.slice(0, NAMED),
      weakened: counts(unique(each.flatMap((e) => e.weakened))),
      already: each.reduce((sum, e) => sum + e.already, 0),
      toDo,
      cost: {
        tokens: toDo,
        available: Math.min(...each.map((e) => e.tokens)),
        perDay: Math.min(...each.map((e) => e.tokensPerDay)),
        tooLarge: shield.problem === 'crowd_too_large',
        most: Math.min(...each.map((e) => e.most)),
      },
      pace: { perHour: capability.perHour, perDay: capability.perDay, finishesAt: finish },
      firstLiftAt: lifts.first,
      lastLiftAt: lifts.last,
      leftForYouToday: capability.leftForUserPerDay,
      public: capability.public,
    };
  });
}

async function ofAccount(
  tx: Tx,
  shield: Estimated & { tenantId: string },
  accountId: string,
  capability: Capability,
  whole: number,
  now: Date,
) {
  const { spared, weakened, already } = await overlap(tx, shield, accountId, now);
  const { tenant, account } = await bucketsOf(tx, { tenantId: shield.tenantId, accountId }, now);
  const reading = await tx.reading.findUnique({
    where: { tenantId_accountId_kind: { tenantId: shield.tenantId, accountId, kind: 'people' } },
  });
  const toDo = Math.max(0, whole - spared.length - already);
  const tokens = Math.min(available(tenant, now), available(account, now));
  const tokensPerDay = Math.min(tenant.ratePerDay, account.ratePerDay);
  const allowances = capability.windows;
  const { at } = await allowedIn(
    tx,
    accountScope(accountId),
    allowances,
    accountStretch(allowances),
    now,
    capability.points,
  );
  const start = at ?? now;
  return {
    spared,
    weakened,
    already,
    toDo,
    tokens,
    tokensPerDay,
    most: Math.min(largestCrowd(tenant), largestCrowd(account)),
    peopleKnown: reading?.readAt != null && reading.readAt.getTime() > now.getTime() - PEOPLE_FRESH,
    finish: finishesAt(toDo, capability.paces, tokens, tokensPerDay, start),
  };
}

async function handlesOf(tx: Tx, tenantId: string, connections: { connectionId: string }[]) {
  return tx.connection.findMany({
    where: { tenantId, id: { in: connections.map((c) => c.connectionId) } },
    select: { id: true, handle: true, endsAt: true },
  });
}

function unique(people: SparedPerson[]): SparedPerson[] {
  return [...new Map(people.map((p) => [p.profileId, p])).values()];
}

function counts(people: SparedPerson[]): { reason: SpareReason; count: number }[] {
  const by = new Map<SpareReason, number>();
  for (const { reason } of people) by.set(reason, (by.get(reason) ?? 0) + 1);
  return [...by].map(([reason, count]) => ({ reason, count }));
}
