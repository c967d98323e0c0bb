import { type Tx, withTenant } from '@secateur/db';
import { auditSystem } from '../audit/index.ts';
import type { Context } from '../context/index.ts';
import { oweFirst } from '../notices/index.ts';
import { firstLift } from './lifts.ts';
import { OFFERED_PART, OFFERED_SECONDS, renewalOf } from './policy/index.ts';

/** Most tenants told in one go. */
const MOST = 500;

/**
 * Tells whoever can hold them longer that shields begin to end, once for each end: their owners, and who raised them. Several of one
 * tenant are one mail. Returns how many tenants were looked into.
 */
export async function tellEndings(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  const untold = await ctx.prisma.$queryRaw<{ tenantId: string }[]>`
    SELECT tenant_id AS "tenantId" FROM across.endings_untold(${now}, ${OFFERED_SECONDS}::int, ${OFFERED_PART}::int, ${MOST}::int)`;
  for (const { tenantId } of untold) await withTenant(ctx.prisma, tenantId, (tx) => tell(tx, tenantId, now));
  return untold.length;
}

async function tell(tx: Tx, tenantId: string, now: Date): Promise<void> {
  await tx.$queryRaw`
    SELECT id FROM shields WHERE tenant_id = ${tenantId}::uuid AND state IN ('acting', 'holding') ORDER BY id FOR UPDATE`;
  const ending = (await endingSoon(tx, tenantId, now)).filter((one) => one.toldHold !== one.holdSeconds);
  const [first] = ending;
  if (!first) return;
  for (const { id, holdSeconds } of ending) {
    await tx.shield.update({ where: { tenantId_id: { tenantId, id } }, data: { toldHold: holdSeconds } });
    await auditSystem(tx, tenantId, now, { action: 'shield.ending', subjectId: id });
  }
  await oweFirst(
    tx,
    tenantId,
    ending.map(({ createdBy }) => createdBy),
    'renewal',
    first.endsAt,
  );
}

/** When the first of a tenant's shields begins to end that can be held longer now; null when there is none any more. */
export async function nextEnding(ctx: Context, tenantId: string): Promise<Date | null> {
  const ending = await withTenant(ctx.prisma, tenantId, (tx) => endingSoon(tx, tenantId, ctx.clock.now()));
  return ending[0]?.endsAt ?? null;
}

type Ending = { id: string; createdBy: string; holdSeconds: number | null; toldHold: number | null; endsAt: Date };

/** Those that a page offers to hold longer at this moment, the first to end first. */
async function endingSoon(tx: Tx, tenantId: string, now: Date): Promise<Ending[]> {
  const shields = await tx.shield.findMany({
    where: { tenantId, state: { in: ['acting', 'holding'] } },
    include: { connections: true },
  });
  const ending = shields.flatMap((shield) => {
    const endsAt = firstLift(shield);
    if (endsAt === null || endsAt <= now || renewalOf({ ...shield, firstLiftAt: endsAt }, now) === null) return [];
    const { id, createdBy, holdSeconds, toldHold } = shield;
    return [{ id, createdBy, holdSeconds, toldHold, endsAt }];
  });
  return ending.toSorted((a, b) => a.endsAt.getTime() - b.endsAt.getTime());
}
