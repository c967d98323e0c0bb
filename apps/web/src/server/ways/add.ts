import { Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import type { Proof } from '@secateur/core/oauth';
import { asUser } from '@secateur/core/tenants';
import type { Notify } from '../notices/notify.ts';

type OwnContext = Context & { notify: Notify };

/**
 * From now on this user signs in with an account that they have just proven to own. Nothing else makes it theirs: not an address
 * that looks alike, not a connection. Throws the Refusals `already_done`, and `way_taken` when another user signs in with it.
 */
export async function addWay(
  ctx: OwnContext,
  userId: string,
  { network, nativeId, handle }: Pick<Proof, 'network' | 'nativeId' | 'handle'>,
): Promise<void> {
  await asUser(ctx, userId, async (tx) => {
    const where = { provider_providerAccountId: { provider: network, providerAccountId: nativeId } };
    const known = await tx.identity.findUnique({ where });
    if (known) throw new Refusal(known.userId === userId ? 'already_done' : 'way_taken');
    // Somebody who is quicker by a moment has it: nobody's is taken over.
    const count = await tx.$executeRaw`
      INSERT INTO identities (user_id, type, provider, provider_account_id, handle)
      VALUES (${userId}::uuid, 'oauth', ${network}, ${nativeId}, ${handle}) ON CONFLICT DO NOTHING`;
    if (count === 0) throw new Refusal('way_taken');
    return { result: null, deeds: [{ action: 'way.added', subjectId: null }] };
  });
  await ctx.notify(userId, { about: 'wayAdded' });
}
