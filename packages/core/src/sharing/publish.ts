import { newId, Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { fillListJob } from './jobs.ts';
import { publishInput } from './schemas.ts';
import { hashOf, newToken } from './token.ts';

/** Lists of one tenant that others may use at a time. */
const MOST = 20;

/**
 * Lets others use a shield's list on one network: everybody whom the shield means there, whoever of them it spares. The token
 * is shown this once. Throws `not_shareable` while the crowd is not wholly known, and for a shield that uses somebody else's
 * list: that one's author could not take anybody off ours.
 */
export async function publish(ctx: MemberContext, raw: unknown): Promise<{ id: string; token: string }> {
  demand(ctx, 'lists');
  const { shieldId, network, title, hears } = publishInput.parse(raw);
  const { tenantId, userId } = ctx.actor;
  const now = ctx.clock.now();
  const token = newToken();
  const id = newId();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const shield = await tx.shield.findUnique({
      where: { tenantId_id: { tenantId, id: shieldId } },
      include: { sources: true },
    });
    if (!shield || shield.raisedAt === null) throw new Refusal('not_found');
    const theirs = shield.sources.some(({ kind }) => kind === 'shared');
    const here = shield.sources.some((source) => source.network === network);
    if (shield.plannedAt === null || theirs || !here) throw new Refusal('not_shareable');
    if ((await tx.sharedList.count({ where: { tenantId, endedAt: null } })) >= MOST) {
      throw new Refusal('too_many_lists', { most: MOST });
    }
    await tx.sharedList.create({
      data: {
        tenantId,
        id,
        shieldId,
        network,
        title,
        tokenHash: hashOf(token),
        publishedBy: userId,
        publishedAt: now,
        hears,
        wakeAt: now,
      },
    });
    await auditMember(tx, ctx, { action: 'list.published', subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'list', subjectId: id }]);
    await enqueue(tx, fillListJob, { tenantId, listId: id });
  });
  return { id, token };
}
