import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { answerAppealInput } from './schemas.ts';
import { lockList, takeAway } from './take-off.ts';

/**
 * Takes off a list who asked for it, or leaves them on it; either way their words are gone, and they are told nothing. Who was
 * left on it is not heard again about this list.
 */
export async function answerAppeal(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'lists.end');
  const { id, takeOff } = answerAppealInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const where = { tenantId_id: { tenantId, id } };
    const known = await tx.appeal.findUnique({ where });
    if (!known) throw new Refusal('not_found');
    const { listId, profileId } = known;
    const list = await lockList(tx, ctx, listId);
    // Read again: only now nobody else answers it.
    const appeal = await tx.appeal.findUnique({ where });
    if (appeal?.answeredAt !== null) throw new Refusal('already_done');
    if (takeOff) return takeAway(tx, ctx, list, profileId);
    await tx.appeal.update({ where, data: { answeredAt: now, words: null } });
    await auditMember(tx, ctx, { action: 'list.appeal_left', subjectId: profileId });
    await record(tx, tenantId, now, [{ kind: 'list', subjectId: listId }]);
  });
}
