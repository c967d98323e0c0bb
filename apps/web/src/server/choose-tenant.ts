import { memberOf } from '@secateur/core/tenants';
import { tenantInput } from '@secateur/core/tenants/schemas';
import type { WebContext } from './rpc.ts';

/** From now on this session acts in another tenant of its user's. Other sessions stay where they are. */
export async function chooseTenant(ctx: WebContext & { user: { id: string } }, raw: unknown): Promise<void> {
  const { tenantId } = tenantInput.parse(raw);
  await memberOf(ctx, ctx.user.id, tenantId);
  if (ctx.sessionKey === null) return;
  await ctx.prisma.session.updateMany({
    where: { sessionToken: ctx.sessionKey, userId: ctx.user.id },
    data: { actingIn: tenantId },
  });
}
