import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Context } from '@secateur/core/context';
import type { Proof } from '@secateur/core/oauth';
import { welcome } from '@secateur/core/tenants';
import type { PrismaClient } from '@secateur/db';
import { cookies } from 'next/headers';
import { env } from '~/env.ts';
import { signInAdapter } from './adapter.ts';
import { SESSION_AGE } from './session-age.ts';

/** Bytes of a session's token. */
const TOKEN = 32;

/** Begins a session for whoever has proven to own an account; somebody new is made a user. Returns the user's id. */
export async function signInAs(ctx: Context, proof: Proof): Promise<string> {
  const userId = await userBehind(ctx.prisma, proof);
  await welcome(ctx, userId, proof.handle);
  await begin(ctx.prisma, userId);
  return userId;
}

/** Users are known by what never changes about an account; its handle is only how they are called. */
async function userBehind(prisma: PrismaClient, { network, nativeId, handle }: Proof): Promise<string> {
  const provider_providerAccountId = { provider: network, providerAccountId: nativeId };
  const known = await prisma.identity.findUnique({ where: { provider_providerAccountId } });
  if (known) {
    await prisma.user.updateMany({ where: { id: known.userId, email: null }, data: { name: handle } });
    return known.userId;
  }
  try {
    const identities = { create: { type: 'oauth', provider: network, providerAccountId: nativeId } };
    return (await prisma.user.create({ data: { name: handle, identities } })).id;
  } catch (error) {
    // Two tabs at once: the other one was first.
    if (error instanceof Error && 'code' in error && error.code === 'P2002') {
      return (await prisma.identity.findUniqueOrThrow({ where: { provider_providerAccountId } })).userId;
    }
    throw error;
  }
}

async function begin(prisma: PrismaClient, userId: string): Promise<void> {
  const sessionToken = randomBytes(TOKEN).toString('base64url');
  const expires = new Date(Date.now() + SESSION_AGE * 1_000);
  await signInAdapter(prisma).createSession?.({ sessionToken, userId, expires });
  const secure = new URL(env().AUTH_URL).protocol === 'https:';
  const name = `${secure ? '__Secure-' : ''}authjs.session-token`;
  (await cookies()).set(name, sessionToken, { httpOnly: true, sameSite: 'lax', secure, path: '/', expires });
}
