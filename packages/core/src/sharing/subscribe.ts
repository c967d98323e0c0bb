import { newId, Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { Context, MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { syncSubscriptionJob } from './jobs.ts';
import { linkInput, type Offer, subscribeInput } from './schemas.ts';
import { hashOf } from './token.ts';

/** Lists that one tenant may have taken from others. */
const MOST = 100;

/** What a list is, for a member who holds its link. Throws `not_found` when it leads nowhere (any more). */
export async function lookAtList(ctx: MemberContext, raw: unknown): Promise<Offer> {
  demand(ctx, 'lists');
  const { title, network, size } = await headOf(ctx, hashOf(linkInput.parse(raw).token));
  return { title, network, size };
}

/**
 * Takes a list: a worker brings its members here, and a shield can be raised from it. Who follows gets what its author
 * changes; who freezes has it as it was.
 */
export async function subscribe(ctx: MemberContext, raw: unknown): Promise<{ id: string }> {
  demand(ctx, 'lists');
  const { token, mode } = subscribeInput.parse(raw);
  const tokenHash = hashOf(token);
  const { title, network, size } = await headOf(ctx, tokenHash);
  const { tenantId, userId } = ctx.actor;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    // Two presses at once take it once.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`subscriptions:${tenantId}`}, 0))`;
    const known = await tx.subscription.findFirst({ where: { tenantId, tokenHash, mode, endedAt: null } });
    if (known) return { id: known.id };
    if ((await tx.subscription.count({ where: { tenantId } })) >= MOST) {
      throw new Refusal('too_many_lists', { most: MOST });
    }
    const id = newId();
    await tx.upload.create({
      data: {
        tenantId,
        id,
        createdBy: userId,
        createdAt: now,
        network,
        name: title,
        state: 'listing',
        // It has no lines that a member brought; how many are to come is told like a file's readable ones.
        lines: 0,
        readable: size,
      },
    });
    await tx.subscription.create({
      data: { tenantId, id, network, title, tokenHash, mode, subscribedBy: userId, subscribedAt: now, wakeAt: now },
    });
    await auditMember(tx, ctx, { action: mode === 'follow' ? 'list.followed' : 'list.copied', subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'list', subjectId: id }]);
    await enqueue(tx, syncSubscriptionJob, { tenantId, subscriptionId: id });
    return { id };
  });
}

type Head = { title: string; network: NetworkName; size: number };

async function headOf(ctx: Context, tokenHash: Uint8Array<ArrayBuffer>): Promise<Head> {
  const [head] = await ctx.prisma.$queryRaw<Head[]>`
    SELECT title, network::text AS network, size FROM across.shared_list(${tokenHash}::bytea)`;
  if (!head) throw new Refusal('not_found');
  return head;
}
