import { backoff, MINUTE, newId, type Problem, profileId, Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { Action, NetworkName, PublicProfile } from '@secateur/networks/port';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import { ensureAudience, rememberProfiles } from '../audiences/index.ts';
import { auditMember } from '../audit/index.ts';
import { beginReading, meaningOf, networkOf, passes } from '../connections/index.ts';
import type { MemberContext, WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { PROTECTED } from '../exemptions/policy/index.ts';
import { bucketsOf } from '../quotas/index.ts';
import { largestCrowd } from '../quotas/policy/index.ts';
import { demand } from '../tenants/index.ts';
import { preparePreviewJob } from './jobs.ts';
import { permit } from './permit.ts';
import { HOLDS } from './policy/index.ts';
import { previewInput, shieldInput } from './schemas.ts';

/** Facts about the account's own people are younger than this whenever something is decided by them. */
export const PEOPLE_FRESH = 15 * MINUTE;

/** Begins a preview: nothing is written on any network. A worker finds out whom it is about and lists the crowd. */
export async function startPreview(ctx: MemberContext, raw: unknown): Promise<{ id: string }> {
  demand(ctx, 'prepare');
  const input = previewInput.parse(raw);
  demand(ctx, 'prepare', input.connectionIds);
  if (!input.includeAccount && !input.includeFollowers) throw new Refusal('invalid_input', { field: 'crowd' });
  const { tenantId, userId } = ctx.actor;
  const now = ctx.clock.now();
  const id = newId();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const connections = await tx.connection.findMany({ where: { tenantId, id: { in: input.connectionIds } } });
    if (connections.length !== new Set(input.connectionIds).size) throw new Refusal('not_found');
    if (connections.some(({ state }) => state !== 'ready')) throw new Refusal('connection_revoked');
    requireRight(connections, input.action);
    const kinds = [
      ...(input.includeAccount ? ['account' as const] : []),
      ...(input.includeFollowers ? ['followers' as const] : []),
    ];
    await tx.shield.create({
      data: {
        tenantId,
        id,
        createdBy: userId,
        createdAt: now,
        state: 'preview',
        action: input.action,
        holdSeconds: HOLDS[input.hold],
        spareFollows: input.spareFollows,
        spareFollowers: input.spareFollowers,
        spareMutuals: input.spareMutuals,
        reason: input.reason,
        wakeAt: new Date(now.getTime() + MINUTE),
        sources: { create: kinds.map((kind, ordinal) => ({ ordinal, kind, query: input.query })) },
        connections: {
          create: connections.flatMap((c) => (c.accountId ? [{ connectionId: c.id, accountId: c.accountId }] : [])),
        },
      },
    });
    await auditMember(tx, ctx, { action: 'preview.started', subjectId: id });
    await enqueue(tx, preparePreviewJob, { tenantId, shieldId: id });
  });
  return { id };
}

/** Throws the Refusal `declined` when an account's owner did not allow the action. */
export function requireRight(connections: { handle: string; rights: Action[] }[], action: Action): void {
  const without = connections.find(({ rights }) => !rights.includes(action));
  if (without) throw new Refusal('declined', { handle: without.handle });
}

/** Throws a preview away. */
export async function discardPreview(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'prepare');
  const { id } = shieldInput.parse(raw);
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await permit(tx, ctx, id, 'prepare');
    const { count } = await tx.shield.updateMany({
      where: { tenantId, id, state: 'preview' },
      data: { state: 'discarded', wakeAt: null },
    });
    if (count === 0) throw new Refusal('not_found');
    await auditMember(tx, ctx, { action: 'preview.discarded', subjectId: id });
  });
}

/**
 * Finds out whom a preview is about, refuses what can't be (the member's own account, one that is gone, a crowd that is
 * too large), begins to list the crowd, and has the member's own people read if what is known of them is old.
 */
export async function preparePreview(
  ctx: WorkerContext,
  ref: { tenantId: string; shieldId: string },
): Promise<Outcome> {
  const shield = await withTenant(ctx.prisma, ref.tenantId, (tx) =>
    tx.shield.findUnique({
      where: { tenantId_id: { tenantId: ref.tenantId, id: ref.shieldId } },
      include: { sources: { orderBy: { ordinal: 'asc' } }, connections: true },
    }),
  );
  const [source] = shield?.sources ?? [];
  if (!shield || !source || shield.state !== 'preview') return drop('no_such_preview');
  const network: NetworkName = 'bluesky';
  const now = ctx.clock.now();
  let subject: PublicProfile;
  try {
    subject = await networkOf(ctx, network).resolve(source.query);
  } catch (error) {
    const problem = meaningOf(error);
    const at = passes(error)
      ? (error.until ?? new Date(now.getTime() + backoff(shield.tries + 1, Math.random())))
      : null;
    await say(ctx, ref, problem, at);
    return at ? snooze(problem) : done();
  }
  const subjectId = profileId(network, subject.nativeId);
  const refused = await withTenant(ctx.prisma, ref.tenantId, async (tx): Promise<Problem | null> => {
    await rememberProfiles(tx, network, [subject], now);
    const own = await tx.networkAccount.findFirst({ where: { tenantId: ref.tenantId, accountId: subjectId } });
    if (own) return 'yourself';
    if (PROTECTED.includes(subjectId)) return 'protected_account';
    if (
      await tooLarge(
        tx,
        ref.tenantId,
        shield.connections.map((c) => c.accountId),
        subject.followers ?? 0,
        now,
      )
    ) {
      if (shield.sources.some((s) => s.kind !== 'account')) {
        await tx.source.updateMany({ where: { tenantId: ref.tenantId, shieldId: ref.shieldId }, data: { subjectId } });
        return 'crowd_too_large';
      }
    }
    for (const { ordinal, kind } of shield.sources) {
      const audienceId = await ensureAudience(tx, { network, kind, subjectId }, now);
      await tx.source.update({
        where: { tenantId_shieldId_ordinal: { tenantId: ref.tenantId, shieldId: ref.shieldId, ordinal } },
        data: { subjectId, audienceId },
      });
    }
    await tx.shield.update({
      where: { tenantId_id: { tenantId: ref.tenantId, id: ref.shieldId } },
      data: { problem: null, wakeAt: null },
    });
    for (const { accountId } of shield.connections) await readIfOld(tx, ref.tenantId, accountId, shield.action, now);
    await record(tx, ref.tenantId, now, [{ kind: 'shield', subjectId: ref.shieldId }]);
    return null;
  });
  if (refused) await say(ctx, ref, refused, null);
  return done();
}

/**
 * Whether everything that the plan decides by is known: own people read less than 15 minutes ago, and what the account
 * holds read at least once. Wakes readings for what is not.
 */
export async function readIfOld(
  tx: Tx,
  tenantId: string,
  accountId: string,
  action: 'block' | 'mute',
  now: Date,
): Promise<boolean> {
  const readings = await tx.reading.findMany({ where: { tenantId, accountId } });
  const readAt = (kind: string) => readings.find((r) => r.kind === kind)?.readAt ?? null;
  const people = readAt('people');
  const held = action === 'block' ? ('blocks' as const) : ('mutes' as const);
  const peopleKnown = people !== null && people.getTime() > now.getTime() - PEOPLE_FRESH;
  const heldKnown = readAt(held) !== null;
  if (!peopleKnown) await beginReading(tx, tenantId, accountId, 'people', now);
  if (!heldKnown) await beginReading(tx, tenantId, accountId, held, now);
  return peopleKnown && heldKnown;
}

async function tooLarge(
  tx: Tx,
  tenantId: string,
  accountIds: string[],
  followers: number,
  now: Date,
): Promise<boolean> {
  for (const accountId of accountIds) {
    const { tenant, account } = await bucketsOf(tx, { tenantId, accountId }, now);
    if (followers > Math.min(largestCrowd(tenant), largestCrowd(account))) return true;
  }
  return false;
}

async function say(
  ctx: WorkerContext,
  ref: { tenantId: string; shieldId: string },
  problem: Problem,
  wakeAt: Date | null,
): Promise<void> {
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, ref.tenantId, async (tx) => {
    await tx.shield.updateMany({
      where: { tenantId: ref.tenantId, id: ref.shieldId, state: 'preview' },
      data: { problem, wakeAt, tries: { increment: 1 } },
    });
    await record(tx, ref.tenantId, now, [{ kind: 'shield', subjectId: ref.shieldId }]);
  });
}
