import type { Proof } from '@secateur/core/oauth';
import { welcome } from '@secateur/core/tenants';
import type { PrismaClient } from '@secateur/db';
import { type Admitted, admit } from './admit.ts';
import type { SignInContext, Visitor } from './start-session.ts';

/** Lets somebody in who has proven to own an account, or to the second step. Somebody new is made a user. */
export async function admitOwner(
  ctx: SignInContext,
  proof: Pick<Proof, 'network' | 'nativeId' | 'handle'>,
  visitor: Visitor,
  back: string,
): Promise<Admitted> {
  const userId = await userBehind(ctx.prisma, proof);
  await welcome(ctx, userId, proof.handle);
  return admit(ctx, { userId, how: proof.network, visitor, back });
}

/** Whether this user signs in with that account. */
export async function isOwner(
  prisma: PrismaClient,
  userId: string,
  { network, nativeId }: { network: string; nativeId: string },
): Promise<boolean> {
  return (await prisma.identity.count({ where: { userId, provider: network, providerAccountId: nativeId } })) > 0;
}

/** Users are known by what never changes about an account; its handle is only how they are called. */
async function userBehind(
  prisma: PrismaClient,
  { network, nativeId, handle }: Pick<Proof, 'network' | 'nativeId' | 'handle'>,
): Promise<string> {
  const provider_providerAccountId = { provider: network, providerAccountId: nativeId };
  const known = await prisma.identity.findUnique({ where: { provider_providerAccountId } });
  if (known) {
    await prisma.identity.update({ where: { provider_providerAccountId }, data: { handle } });
    await nameAfter(prisma, known.userId, nativeId, handle);
    return known.userId;
  }
  try {
    const identities = { create: { type: 'oauth', provider: network, providerAccountId: nativeId, handle } };
    return (await prisma.user.create({ data: { name: handle, identities } })).id;
  } catch (error) {
    // Two tabs at once: the other one was first.
    if (error instanceof Error && 'code' in error && error.code === 'P2002') {
      return (await prisma.identity.findUniqueOrThrow({ where: { provider_providerAccountId } })).userId;
    }
    throw error;
  }
}

/** Who has no address is called by the account that they have signed in with for longest. */
async function nameAfter(prisma: PrismaClient, userId: string, nativeId: string, handle: string): Promise<void> {
  const first = await prisma.identity.findFirst({ where: { userId }, orderBy: { addedAt: 'asc' } });
  if (first?.providerAccountId !== nativeId) return;
  await prisma.user.updateMany({ where: { id: userId, email: null }, data: { name: handle } });
}
