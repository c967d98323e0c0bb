import type { Context } from '@secateur/core/context';

/** An account on a network that somebody signs in with. */
export type IdentityView = { network: 'bluesky'; nativeId: string; handle: string | null; addedAt: Date };

/** What somebody signs in with. Passkeys are listed by themselves: they come after these, or stand for one. */
export type WaysView = {
  /** The first address. */
  email: string | null;
  identities: IdentityView[];
};

/** One's ways in, oldest first. */
export async function listWays({ prisma, user }: Context & { user: { id: string } }): Promise<WaysView> {
  const found = await prisma.user.findUniqueOrThrow({
    where: { id: user.id },
    include: { identities: { where: { provider: 'bluesky' }, orderBy: { addedAt: 'asc' } } },
  });
  return {
    email: found.email,
    identities: found.identities.map(({ providerAccountId, handle, addedAt }) => ({
      network: 'bluesky',
      nativeId: providerAccountId,
      handle,
      addedAt,
    })),
  };
}
