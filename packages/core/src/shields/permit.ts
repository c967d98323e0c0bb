import { Refusal } from '@secateur/base';
import type { Tx } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { type Permission, permitted, visible } from '../tenants/policy/index.ts';

/**
 * Asks for a permission about the accounts that a shield acts on. A helper is refused unless granted for every one of
 * them; a shield that they may not see at all is not there for them: `not_found`.
 */
export async function permit(tx: Tx, ctx: MemberContext, shieldId: string, permission: Permission): Promise<void> {
  if (ctx.actor.role !== 'helper') return demand(ctx, permission);
  const { tenantId } = ctx.actor;
  const rows = await tx.shieldConnection.findMany({ where: { tenantId, shieldId }, select: { connectionId: true } });
  const ids = rows.map(({ connectionId }) => connectionId);
  if (ids.length === 0 || !permitted(ctx.actor, 'look', ids, ctx.clock.now()).allowed) throw new Refusal('not_found');
  demand(ctx, permission, ids);
}

/** The condition that leaves only shields that this member may see. */
export function seen(ctx: MemberContext) {
  const ids = visible(ctx.actor, ctx.clock.now());
  return ids === null ? {} : { connections: { every: { connectionId: { in: ids } }, some: {} } };
}
