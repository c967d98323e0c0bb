import type { MemberContext } from '@secateur/core/context';
import { cancelDeletion } from '@secateur/core/deletion';
import type { Notify } from '../notices/notify.ts';

/** Calls the deletion of a tenant off, and tells everybody who was told of it. */
export async function callOff(ctx: MemberContext & { notify: Notify }): Promise<void> {
  const { userIds, organisation } = await cancelDeletion(ctx);
  for (const userId of userIds) {
    await ctx.notify(userId, { about: 'deletionCancelled', tenant: organisation ?? 'none' });
  }
}
