import type { Context } from '@secateur/core/context';
import { memberOf } from '@secateur/core/tenants';
import { tenantInput } from '@secateur/core/tenants/schemas';

type ChoosingContext = Context & { user: { id: string }; session: { id: string } };

/** From now on this session acts in another tenant of its user's. Other sessions stay where they are. */
export async function chooseTenant({ session, user, ...ctx }: ChoosingContext, raw: unknown): Promise<void> {
  const { tenantId } = tenantInput.parse(raw);
  await memberOf(ctx, user.id, tenantId);
  await ctx.prisma.session.updateMany({ where: { id: session.id, userId: user.id }, data: { actingIn: tenantId } });
}
