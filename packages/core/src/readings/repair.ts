import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { liftLeftOver, makeAgain } from '../effects/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { readyAccount } from './ready-account.ts';
import { standingInput } from './schemas.ts';

/**
 * Makes again what was gone from the network, because a member says that it was none of theirs who took it away. Only what Secateur made and the
 * network confirmed, for shields that would hold it still. Returns how many; throws the Refusal `already_done` when there is nothing.
 */
export async function makeVanishedAgain(ctx: MemberContext, raw: unknown): Promise<{ count: number }> {
  const { id } = standingInput.parse(raw);
  demand(ctx, 'run', [id]);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const { accountId } = await readyAccount(tx, tenantId, id);
    const count = await makeAgain(tx, { tenantId, accountId }, now);
    if (count === 0) throw new Refusal('already_done');
    await auditMember(tx, ctx, { action: 'standing.made_again', subjectId: id, count });
    await record(tx, tenantId, now, [{ kind: 'connection', subjectId: id }]);
    return { count };
  });
}

/**
 * Lifts now what is Secateur's, should be gone and is there: without waiting for the next try. Costs no tokens. Returns how many;
 * throws the Refusal `already_done` when there is nothing.
 */
export async function liftLeft(ctx: MemberContext, raw: unknown): Promise<{ count: number }> {
  const { id } = standingInput.parse(raw);
  demand(ctx, 'undo', [id]);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const { accountId } = await readyAccount(tx, tenantId, id);
    const count = await liftLeftOver(tx, { tenantId, accountId }, now);
    if (count === 0) throw new Refusal('already_done');
    await auditMember(tx, ctx, { action: 'standing.lifted', subjectId: id, count });
    await record(tx, tenantId, now, [{ kind: 'connection', subjectId: id }]);
    return { count };
  });
}
