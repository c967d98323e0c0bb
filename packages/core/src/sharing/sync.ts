import { HOUR, MINUTE } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { forgive, goOn } from '../shields/index.ts';
import { syncSubscriptionJob } from './jobs.ts';
import { asksFirst, mostUnasked } from './policy/index.ts';

type Ref = { tenantId: string; subscriptionId: string };
type Known = NonNullable<Awaited<ReturnType<Tx['subscription']['findUnique']>>>;
type Head = { change: number; filled: boolean };
type Row = { profileId: string; change: number };

/** Accounts that are taken over in one transaction. */
const STEP = 2_000;
/** Accounts that are forgiven in one. Each is looked for in every shield. */
const FORGIVEN = 100;
/** Of those who wait for a yes no more than so many are counted, each time anew; the messages say “or more” of that number. */
export const COUNTED = 10_000;
/** Behind everybody of one change. */
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** A list is looked at again after that even if nobody said that it changed. */
const AGAIN = HOUR;

/**
 * Brings a list that was taken from somebody up to theirs: first whoever was taken off it, then whoever came, unless they are
 * so many that the member is asked. One whose link has ended stays as it is.
 */
export async function syncSubscription(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  const { tenantId, subscriptionId: id } = ref;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    await tx.$executeRaw`SELECT id FROM subscriptions WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
    const one = await tx.subscription.findUnique({ where: { tenantId_id: { tenantId, id } } });
    if (!one || one.endedAt !== null) return drop('nothing_to_follow');
    const upload = await tx.upload.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } } });
    const first = upload.state === 'listing';
    if (one.mode === 'freeze' && !first) return drop('frozen');
    const [head] = await tx.$queryRaw<Head[]>`SELECT change, filled FROM across.shared_list(${one.tokenHash}::bytea)`;
    if (!head) return over(tx, one, now);
    const { gone: forgiven, more } = first ? { gone: 0, more: false } : await takeOver(tx, one, now);
    const rows = await tx.$queryRaw<Row[]>`
      SELECT profile_id AS "profileId", change
      FROM across.shared_added(${one.tokenHash}::bytea, ${one.readChange}::int, ${one.readProfile}::uuid, ${STEP}::int)`;
    const waits = first ? 0 : await waiting(tx, one, upload.size - one.forgiven - forgiven);
    const taken = rows.filter(({ change }) => waits === 0 || change <= one.allowedChange);
    const added = await add(tx, one, upload.size, taken);
    const last = taken.at(-1);
    const left = taken.length === STEP;
    const complete = !first || (head.filled && !left);
    await tx.upload.update({
      where: { tenantId_id: { tenantId, id } },
      data: { size: { increment: added }, ...(complete ? { state: 'complete' } : {}) },
    });
    const asks = waits > 0 && taken.length < rows.length;
    const next = one.mode === 'freeze' && complete ? null : new Date(now.getTime() + (complete ? AGAIN : MINUTE));
    await tx.subscription.update({
      where: { tenantId_id: { tenantId, id } },
      data: {
        ...(last ? { readChange: last.change, readProfile: last.profileId } : {}),
        // Who was taken off before the first of them came was never here.
        ...(first && one.readChange === 0 ? { forgivenTo: head.change } : {}),
        asked: asks ? waits : 0,
        ...(asks ? { askedChange: head.change } : {}),
        ...(first ? {} : { added: { increment: added }, unasked: { increment: byThemselves(one, taken, added) } }),
        ...((!first && added + forgiven > 0) || (asks && one.asked === 0) ? { changedAt: now } : {}),
        wakeAt: next,
      },
    });
    if (!first && added + forgiven > 0) {
      await auditSystem(tx, tenantId, now, { action: 'list.changed', subjectId: id, count: added + forgiven });
    }
    if (added > 0 || (first && complete)) await goOn(tx, { tenantId, uploadId: id }, now);
    await record(tx, tenantId, now, [{ kind: 'list', subjectId: id }]);
    if (left || more) await enqueue(tx, syncSubscriptionJob, ref);
    return left ? snooze('more_to_take') : done();
  });
}

/** Its link leads nowhere any more. Who was taken off before that is forgiven, the others stay, and the member is told. */
async function over(tx: Tx, one: Known, now: Date): Promise<Outcome> {
  const { tenantId, id } = one;
  const { gone, more } = one.mode === 'freeze' ? { gone: 0, more: false } : await takeOver(tx, one, now);
  if (gone > 0) await auditSystem(tx, tenantId, now, { action: 'list.changed', subjectId: id, count: gone });
  if (more) {
    const where = { tenantId_id: { tenantId, id } };
    await tx.subscription.update({ where, data: { wakeAt: new Date(now.getTime() + MINUTE) } });
    await enqueue(tx, syncSubscriptionJob, { tenantId, subscriptionId: id });
    return snooze('more_to_forgive');
  }
  await tx.subscription.update({
    where: { tenantId_id: { tenantId, id } },
    data: { endedAt: now, changedAt: now, asked: 0, wakeAt: null },
  });
  await tx.upload.updateMany({ where: { tenantId, id }, data: { state: 'complete' } });
  await auditSystem(tx, tenantId, now, { action: 'list.over', subjectId: id });
  await record(tx, tenantId, now, [{ kind: 'list', subjectId: id }]);
  await goOn(tx, { tenantId, uploadId: id }, now);
  return done();
}

/** Forgives whoever the author took off since, a stretch of them. Returns how many were here, and whether there may be more. */
async function takeOver(tx: Tx, one: Known, now: Date): Promise<{ gone: number; more: boolean }> {
  const { tenantId, id } = one;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT profile_id AS "profileId", change
    FROM across.shared_forgiven(${one.tokenHash}::bytea, ${one.forgivenTo}::int, ${FORGIVEN}::int)`;
  const last = rows.at(-1);
  if (!last) return { gone: 0, more: false };
  const gone = await tx.$queryRaw<{ profileId: string }[]>`
    DELETE FROM upload_members WHERE tenant_id = ${tenantId}::uuid AND upload_id = ${id}::uuid
      AND profile_id = ANY(${rows.map((row) => row.profileId)}::uuid[])
    RETURNING profile_id AS "profileId"`;
  await tx.subscription.update({
    where: { tenantId_id: { tenantId, id } },
    data: { forgivenTo: last.change, forgiven: { increment: gone.length } },
  });
  await forgive(
    tx,
    { tenantId, uploadId: id },
    gone.map((row) => row.profileId),
    now,
  );
  return { gone: gone.length, more: rows.length === FORGIVEN };
}

/** How many wait for a yes: all that came since, if they are too many to come by themselves. No more than so many are told. */
async function waiting(tx: Tx, one: Known, size: number): Promise<number> {
  // Who is allowed already is not counted: the first that is not stands behind the last that is.
  const [change, profileId] =
    one.readChange > one.allowedChange ? [one.readChange, one.readProfile] : [one.allowedChange, LAST];
  const most = Math.max(COUNTED, mostUnasked(size - one.unasked) + 1);
  const [more] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count
    FROM across.shared_added(${one.tokenHash}::bytea, ${change}::int, ${profileId}::uuid, ${most}::int)`;
  const count = more?.count ?? 0;
  return asksFirst(size - one.unasked, one.unasked + count) ? Math.min(count, COUNTED) : 0;
}

/** Who came without anybody having been asked counts towards asking, so that nobody fills a list drop by drop. */
function byThemselves(one: Known, taken: Row[], added: number): number {
  return taken.every(({ change }) => change <= one.allowedChange) ? 0 : added;
}

async function add(tx: Tx, { tenantId, id }: Known, size: number, rows: Row[]): Promise<number> {
  if (rows.length === 0) return 0;
  return tx.$executeRaw`
    INSERT INTO upload_members (tenant_id, upload_id, profile_id, seq)
    SELECT ${tenantId}::uuid, ${id}::uuid, m.id, ${size}::int + (row_number() OVER (ORDER BY m.n))::int - 1
    FROM unnest(${rows.map((row) => row.profileId)}::uuid[]) WITH ORDINALITY AS m (id, n)
    WHERE NOT EXISTS (SELECT FROM upload_members o WHERE o.tenant_id = ${tenantId}::uuid AND o.upload_id = ${id}::uuid
                        AND o.profile_id = m.id)`;
}
