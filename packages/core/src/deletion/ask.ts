import { createHash, randomBytes } from 'node:crypto';
import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { oweMembers } from '../notices/index.ts';
import { demand } from '../tenants/index.ts';
import { timetable } from './policy/index.ts';
import { askDeletionInput } from './schemas.ts';

/**
 * Asks that the tenant be deleted. For a week nothing is undone, and any owner can call it off; everybody is told. Returns the
 * token of the receipt, which is nowhere else. Throws `invalid_input` when another name was typed, and `already_done`.
 */
export async function askDeletion(ctx: MemberContext, raw: unknown): Promise<{ receipt: string }> {
  demand(ctx, 'delete');
  const { name, blocks } = askDeletionInput.parse(raw);
  const { tenantId, userId } = ctx.actor;
  const now = ctx.clock.now();
  const { leaveAt, dueAt } = timetable(now, null);
  const receipt = randomBytes(32).toString('base64url');
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    if (tenant.name !== name) throw new Refusal('invalid_input');
    const { count } = await tx.deletion.createMany({
      data: {
        tenantId,
        askedBy: userId,
        askedAt: now,
        blocks,
        dueAt,
        wakeAt: leaveAt,
        receiptHash: hashOf(receipt),
      },
      skipDuplicates: true,
    });
    if (count === 0) throw new Refusal('already_done');
    await auditMember(tx, ctx, { action: `deletion.asked_${blocks}`, subjectId: tenantId });
    await oweMembers(tx, tenantId, 'deletion_asked', now);
    await record(tx, tenantId, now, [{ kind: 'tenant', subjectId: tenantId }]);
  });
  return { receipt };
}

/** What is kept of a receipt's token. */
export function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
