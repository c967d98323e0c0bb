import type { Context } from '@secateur/core/context';
import { CONSENT_NETWORKS, type ConsentNetwork } from '@secateur/core/oauth/schemas';
import type { PrismaClient } from '@secateur/db';

/** An account on a network that somebody signs in with. */
export type IdentityView = { network: ConsentNetwork; nativeId: string; handle: string | null; addedAt: Date };

/** What somebody signs in with. Passkeys are listed by themselves: they come after these, or stand for one. */
export type WaysView = {
  /** The first address. */
  email: string | null;
  identities: IdentityView[];
};

/** The accounts that somebody signs in with, oldest first. */
export async function identitiesOf(prisma: PrismaClient, userId: string): Promise<IdentityView[]> {
  const found = await prisma.identity.findMany({ where: { userId }, orderBy: { addedAt: 'asc' } });
  return found.flatMap(({ provider, providerAccountId, handle, addedAt }) => {
    const network = CONSENT_NETWORKS.find((one) => one === provider);
    return network === undefined ? [] : [{ network, nativeId: providerAccountId, handle, addedAt }];
  });
}

/** One's ways in, oldest first. */
export async function listWays({ prisma, user }: Context & { user: { id: string } }): Promise<WaysView> {
  const { email } = await prisma.user.findUniqueOrThrow({ where: { id: user.id } });
  return { email, identities: await identitiesOf(prisma, user.id) };
}
