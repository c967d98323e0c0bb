import { type Problem, Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import type { MemberContext } from '../context/index.ts';
import { PEOPLE_FRESH } from '../exemptions/policy/index.ts';
import { bucketsOf } from '../quotas/index.ts';
import { available, largestCrowd } from '../quotas/policy/index.ts';
import { spendingOf } from '../spending/index.ts';
import { demand } from '../tenants/index.ts';
import { type Crowd, crowdsOf } from './crowds.ts';
import { type Estimated, type Meant, meantOn, sizeOf } from './estimate.ts';
import { foresee } from './foresee.ts';
import { friendsIn, together } from './friends.ts';
import { overlap, type SparedPerson } from './overlap.ts';
import { permit } from './permit.ts';
import { type Capability, capabilityOf } from './policy/capability.ts';
import { type PreviewView, type SpareReason, shieldInput } from './schemas.ts';
import { canKeepUp } from './view-keeping.ts';
import { aboutOf, asShown, problemOf, viewSource } from './view-source.ts';
import { subjectOf } from './view-subject.ts';

/** Most spared people shown by name; the count is of all. */
const NAMED = 100;
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
      include: {
        sources: { orderBy: { ordinal: 'asc' } },
        connections: { orderBy: { accountId: 'asc' } },
        keeping: true,
      },
    });
    const [first] = shield?.sources ?? [];
    if (!shield || !first || shield.state !== 'preview') throw new Refusal('not_found');
    const crowds = await crowdsOf(tx, tenantId, shield.sources);
    const shown = crowds.map((crowd) => asShown(crowd, shield.createdAt, now));
    const connections = await connectionsOf(tx, tenantId, shield.connections);
    const networks = [...new Set(connections.map(({ network }) => network))].map((network) => {
      return { network, capability: capabilityOf(network, shield.action), meant: meantOn(shown, shield, network) };
    });
    const each = await Promise.all(
      connections.map(({ accountId, network }) => {
        const on = networks.find((n) => n.network === network) ?? networks[0];
        if (!on) throw new Refusal('not_found');
        return ofAccount(tx, shield, { accountId, network }, on.capability, on.meant, now);
      }),
    );
    const people = unique(each.flatMap((e) => e.spared));
    const milder = unique(each.flatMap((e) => e.weakened));
    const toDo = each.reduce((sum, e) => sum + e.toDo, 0);
    const foreseen = await foresee(tx, tenantId, { holdSeconds: shield.holdSeconds, crowds: shown }, each, now);
    const refused = shield.sources.find((s) => s.problem !== null)?.problem ?? null;
    const problem = shield.problem ?? refused ?? emptyFor(crowds);
    const known = shown.length === shield.sources.length;
    const ready = networks.every(({ meant }) => meant.exact);
    const size = sizeOf(shown, shield.sources);
    return {
      id,
      action: shield.action,
      hold: shield.holdSeconds,
      connections: connections.map(({ id, handle, endsAt, network }) => ({ id, handle, endsAt, network })),
      sources: await Promise.all(
        shield.sources.map((source) => {
          return viewSource(
            tx,
            source,
            shown.find((c) => c.source === source),
          );
        }),
      ),
      threshold: shield.threshold,
      networks: networks.map(({ network, capability }) => ({
        network,
        accounts: connections.filter((c) => c.network === network).length,
        public: capability.public,
        endsFollows: capability.endsFollows,
        perHour: capability.perHour,
        perDay: capability.perDay,
        leftPerDay: capability.windows.length > 0 ? capability.leftForUserPerDay : null,
      })),
      query: first.query,
      state: problem ? 'failed' : !known ? 'resolving' : ready ? 'ready' : 'listing',
      problem,
      subject: await subjectOf(tx, aboutOf(first)),
      listed: size.listed,
      expected: ready ? size.listed : size.expected,
      meant: {
        soFar: networks.reduce((sum, { meant }) => sum + meant.soFar, 0),
        atMost: networks.reduce<number | null>(
          (sum, { meant }) => (sum === null || meant.atMost === null ? null : sum + meant.atMost),
          0,
        ),
      },
      peopleKnown: each.every((e) => e.peopleKnown),
      talksUntold: connections.filter((_, i) => each[i]?.talksUntold).map(({ handle }) => handle),
      spared: counted(people),
      sparedPeople: people.slice(0, NAMED),
      weakened: counted(milder),
      weakenedPeople: milder.slice(0, NAMED),
      friends: together(each.flatMap((e) => e.friends ?? [])),
      already: each.reduce((sum, e) => sum + e.already, 0),
      toDo,
      cost: {
        tokens: toDo,
        available: Math.min(...each.map((e) => e.tokens)),
        perDay: Math.min(...each.map((e) => e.tokensPerDay)),
        tooLarge: shield.problem === 'crowd_too_large',
        most: Math.min(...each.map((e) => e.most)),
      },
      money: await moneyOf(tx, ctx, each, Math.max(0, (size.expected ?? 0) - size.listed)),
      listedAt: known ? foreseen.listed : null,
      finishesAt: foreseen.done,
      firstLiftAt: foreseen.firstLift,
      lastLiftAt: foreseen.lifted,
      keepUp: !shield.keeping ? 'no' : canKeepUp(shield.sources) ? 'yes' : 'never',
    };
  });
}

/** Why nobody at all is meant: crowds that ended before anybody of them was shown. Null where somebody is, or may yet be. */
function emptyFor(crowds: Crowd[]): Problem | null {
  if (crowds.some(({ complete, size }) => !complete || size > 0)) return null;
  const [meaning] = crowds.flatMap(({ problem, source }) => problemOf(problem, source.kind) ?? []);
  return meaning ?? null;
}

/** What the accounts on networks that charge come to. `unlisted`: members that are still to be listed, at the price of one of them. */
async function moneyOf(
  tx: Tx,
  { actor: { tenantId }, clock }: MemberContext,
  each: { toDo: number; price: Capability['price'] }[],
  unlisted: number,
): Promise<PreviewView['money']> {
  const listed = Math.max(0, ...each.map(({ price }) => price.listed));
  if (listed === 0) return null;
  const { cap, spent } = await spendingOf(tx, tenantId, clock.now());
  const most = each.reduce((sum, { toDo, price }) => sum + toDo * price.each, 0) + unlisted * listed;
  return { most, left: Math.max(0, cap - spent) };
}

async function ofAccount(
  tx: Tx,
  shield: Estimated,
  { accountId, network }: { accountId: string; network: NetworkName },
  capability: Capability,
  meant: Meant,
  now: Date,
) {
  const { spared, weakened, already, queued } = await overlap(tx, shield, { accountId, network }, now);
  const { tenant, account } = await bucketsOf(tx, { tenantId: shield.tenantId, accountId }, now);
  const readings = await tx.reading.findMany({
    where: {
      tenantId: shield.tenantId,
      accountId,
      kind: { in: ['people', ...(talks(shield) ? ['talked' as const] : [])] },
    },
  });
  const known = readings.filter(({ readAt }) => readAt !== null && readAt.getTime() > now.getTime() - PEOPLE_FRESH);
  const toDo = Math.max(0, Math.max(meant.soFar, meant.atMost ?? 0) - spared.length - already);
  const tokens = Math.min(available(tenant, now), available(account, now));
  const tokensPerDay = Math.min(tenant.ratePerDay, account.ratePerDay);
  return {
    accountId,
    network,
    capability,
    price: capability.price,
    spared,
    weakened,
    friends: await friendsIn(
      tx,
      shield,
      { accountId, network },
      spared.map(({ profileId }) => profileId),
      now,
    ),
    already,
    toDo,
    queued,
    known: meant.atMost === null || meant.atMost === 0 ? 1 : Math.min(1, meant.soFar / meant.atMost),
    tokens,
    tokensPerDay,
    most: Math.min(largestCrowd(tenant), largestCrowd(account)),
    peopleKnown: known.length === (talks(shield) ? 2 : 1),
    talksUntold: known.some(({ kind, problem }) => kind === 'talked' && problem !== null),
  };
}

/** Whether it goes by whom an account talked with. */
function talks({ forTalked }: Pick<Estimated, 'forTalked'>): boolean {
  return forTalked !== 'nothing';
}

/** The accounts that it acts on, in their order. */
async function connectionsOf(tx: Tx, tenantId: string, on: { connectionId: string; accountId: string }[]) {
  const rows = await tx.connection.findMany({
    where: { tenantId, id: { in: on.map((c) => c.connectionId) } },
    select: { id: true, handle: true, endsAt: true, network: true },
  });
  return on.flatMap(({ connectionId, accountId }) => {
    const row = rows.find(({ id }) => id === connectionId);
    return row ? [{ ...row, accountId }] : [];
  });
}

function unique(people: SparedPerson[]): SparedPerson[] {
  return [...new Map(people.map((p) => [p.profileId, p])).values()];
}

function counted(people: SparedPerson[]): { reason: SpareReason; count: number }[] {
  const by = new Map<SpareReason, number>();
  for (const { reason } of people) by.set(reason, (by.get(reason) ?? 0) + 1);
  return [...by].map(([reason, count]) => ({ reason, count }));
}
