import { Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { CONSENT_NETWORKS } from '@secateur/core/oauth/schemas';
import { asUser } from '@secateur/core/tenants';
import { z } from 'zod';
import type { Notify } from '../notices/notify.ts';

export const wayInput = z.object({ network: z.enum(CONSENT_NETWORKS), nativeId: z.string().min(1).max(500) });

/**
 * This user no longer signs in with that account. Throws the Refusal `last_way` when there would be neither an address nor an
 * account left: a passkey alone is none, since whoever takes it back for them leaves them outside.
 */
export async function removeWay(ctx: Context & { user: { id: string }; notify: Notify }, raw: unknown): Promise<void> {
  const { network, nativeId } = wayInput.parse(raw);
  const userId = ctx.user.id;
  await asUser(ctx, userId, async (tx) => {
    // Two removals at once wait for each other here: the second sees what the first one left.
    const [user] = await tx.$queryRaw<{ email: string | null }[]>`
      SELECT email FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
    const { count } = await tx.identity.deleteMany({
      where: { userId, provider: network, providerAccountId: nativeId },
    });
    if (count === 0) throw new Refusal('not_found');
    const left = await tx.identity.count({ where: { userId } });
    if (left === 0 && !user?.email) throw new Refusal('last_way');
    // Who is half way in by it does not get in any more.
    await tx.halfSignIn.deleteMany({ where: { userId } });
    return { result: null, deeds: [{ action: 'way.removed', subjectId: null }] };
  });
  await ctx.notify(userId, { about: 'wayRemoved' });
}
