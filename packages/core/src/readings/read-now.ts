import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import { beginReading } from '../connections/index.ts';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { READ_EVERY, readableNow } from './policy/read-now.ts';
import { readyAccount } from './ready-account.ts';
import { standingInput } from './schemas.ts';

/**
 * Has the network asked now for what an account holds, instead of within a day. Throws the Refusal `already_done` where it was asked
 * a few minutes ago or each page costs money.
 */
export async function readNow(ctx: MemberContext, raw: unknown): Promise<void> {
  const { id } = standingInput.parse(raw);
  demand(ctx, 'prepare', [id]);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const { accountId, network } = await readyAccount(tx, tenantId, id);
    const before = new Date(now.getTime() - READ_EVERY);
    const old = await tx.reading.findMany({
      where: {
        tenantId,
        accountId,
        kind: { in: ['blocks', 'mutes'] },
        OR: [{ readAt: null }, { readAt: { lte: before } }],
      },
    });
    if (old.length === 0 || !readableNow(network)) throw new Refusal('already_done');
    for (const { kind } of old) await beginReading(tx, tenantId, accountId, kind, now);
    await auditMember(tx, ctx, { action: 'standing.read', subjectId: id });
  });
}
