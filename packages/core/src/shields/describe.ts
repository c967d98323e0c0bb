import { backoff, profileId } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { NetworkName, NetworkPort, PublicProfile } from '@secateur/networks/port';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import { rememberProfiles } from '../audiences/index.ts';
import { passes } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { type Crowd, counts, crowdsOf } from './crowds.ts';
import { describeCrowdJob, keepUpJob, planShieldJob } from './jobs.ts';
import { DETAILS_FRESH, type RuledShield } from './ruled.ts';

type Ref = { tenantId: string; shieldId: string };
type Asked = { network: NetworkName; nativeIds: string[] };
/** Whom to ask about, null when all is known; and whether whoever is described joined the crowd of a shield that holds. */
type Turn = { asked: Asked | null; late: boolean };

/** Members of a crowd that are described before they are planned: as many as one transaction plans. */
export const DESCRIBED = 2_000;
/** Milliseconds that one turn asks before it lets others have theirs. */
const TURN = 1_000;

/**
 * Asks the networks for what the rules of a raised shield go by and lists don't tell: how many followers its next members have,
 * and whether the network vouches for them. Then the plan goes on, or keeping up with the crowd does.
 */
export async function describeCrowd(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  const until = performance.now() + TURN;
  while (performance.now() < until) {
    const turn = await withTenant(ctx.prisma, ref.tenantId, (tx) => next(tx, ctx, ref));
    if (!turn) return drop('nothing_to_describe');
    const { asked, late } = turn;
    const many = asked && ctx.networks[asked.network]?.many;
    if (!asked || !many) {
      await withTenant(ctx.prisma, ref.tenantId, (tx) => enqueue(tx, late ? keepUpJob : planShieldJob, ref));
      return asked ? drop('no_adapter') : done();
    }
    let shown: PublicProfile[];
    try {
      shown = (await many.resolve(asked.nativeIds)).filter((profile) => profile !== null);
    } catch (error) {
      if (!passes(error)) throw error;
      const at = error.until ?? new Date(ctx.clock.now().getTime() + backoff(1, Math.random()));
      await withTenant(ctx.prisma, ref.tenantId, (tx) => putOff(tx, ref, late, at));
      return snooze(error.problem);
    }
    await withTenant(ctx.prisma, ref.tenantId, (tx) => keep(tx, asked, shown, ctx.clock.now()));
  }
  await withTenant(ctx.prisma, ref.tenantId, (tx) => enqueue(tx, describeCrowdJob, ref));
  return snooze('turn_over');
}

/** Some of the next stretch of a crowd of whom a rule asks more than is known; none where a network can't be asked. */
export async function undescribed(
  tx: Tx,
  { id, source, size }: Pick<Crowd, 'id' | 'source' | 'size'>,
  rules: RuledShield,
  { port, now, most }: { port: NetworkPort | undefined; now: Date; most: number },
): Promise<string[]> {
  const [popular, verified] = [rules.forPopular !== 'nothing', rules.forVerified !== 'nothing'];
  if ((!popular && !verified) || !port?.many || !counts(source)) return [];
  const since = new Date(now.getTime() - DETAILS_FRESH);
  const rows = await tx.$queryRaw<{ nativeId: string }[]>`
    SELECT p.native_id AS "nativeId" FROM crowd_members m JOIN profiles p ON p.id = m.profile_id
    WHERE m.crowd_id = ${id}::uuid AND m.seq >= ${source.plannedTo} AND m.seq < ${Math.min(size, source.plannedTo + DESCRIBED)}
      AND (${popular}::boolean AND coalesce(p.followers_at, '-infinity') <= ${since}::timestamptz
           OR ${verified}::boolean AND coalesce(p.verified_at, '-infinity') <= ${since}::timestamptz)
    ORDER BY m.seq LIMIT ${most}`;
  return rows.map((row) => row.nativeId);
}

async function next(tx: Tx, ctx: WorkerContext, ref: Ref): Promise<Turn | null> {
  const shield = await tx.shield.findUnique({
    where: { tenantId_id: { tenantId: ref.tenantId, id: ref.shieldId } },
    include: { sources: { orderBy: { ordinal: 'asc' } }, keeping: true },
  });
  const late = shield?.state === 'acting' || shield?.state === 'holding';
  const keeps = late && shield.keeping !== null && shield.keeping.pausedAt === null;
  if (!shield || (shield.state !== 'gathering' && !keeps)) return null;
  const now = ctx.clock.now();
  for (const crowd of await crowdsOf(tx, ref.tenantId, shield.sources, { grown: late })) {
    const { network } = crowd.source;
    const port = ctx.networks[network];
    const nativeIds = await undescribed(tx, crowd, shield, { port, now, most: port?.many?.batch ?? 1 });
    if (nativeIds.length > 0) return { asked: { network, nativeIds }, late };
  }
  return { asked: null, late };
}

/** Whoever waits for the answer asks again then. */
async function putOff(tx: Tx, { tenantId, shieldId }: Ref, late: boolean, at: Date): Promise<void> {
  if (late) await tx.keeping.updateMany({ where: { tenantId, shieldId, pausedAt: null }, data: { wakeAt: at } });
  else await tx.shield.updateMany({ where: { tenantId, id: shieldId }, data: { wakeAt: at } });
}

/** Of whom a network shows nothing, nothing is known, and nobody is asked again before that is old. */
async function keep(tx: Tx, { network, nativeIds }: Asked, shown: PublicProfile[], now: Date): Promise<void> {
  await rememberProfiles(tx, network, shown, now);
  const told = new Set(shown.map((profile) => profile.nativeId));
  const silent = nativeIds.filter((nativeId) => !told.has(nativeId)).map((nativeId) => profileId(network, nativeId));
  await tx.$executeRaw`
    UPDATE profiles SET followers_at = ${now}, verified_at = ${now},
           followers = CASE WHEN NOT id = ANY(${silent}::uuid[]) THEN followers END,
           verified = CASE WHEN NOT id = ANY(${silent}::uuid[]) THEN verified END
    WHERE id = ANY(${nativeIds.map((nativeId) => profileId(network, nativeId))}::uuid[])`;
}
