'use server';
import { beginSignIn } from '@secateur/core/oauth';
import { redirect } from 'next/navigation';
import { deps } from '~/deps.ts';
import { browserFrom } from '~/server/oauth/browser-cookie.ts';
import { here } from '~/server/sign-in/here.ts';

/** Sends whoever is signed in to the server of the account that they sign in with. */
export async function proveAgain(): Promise<void> {
  const session = await here();
  if (!session) redirect('/sign-in');
  const { db, clock, countTry } = deps();
  if ((await countTry('consentBy', session.userId)) !== null) redirect('/sign-in/again?error=too-many');
  const where = { userId: session.userId, provider: 'bluesky' };
  const identity = await db.prisma.identity.findFirst({ where });
  if (!identity) redirect('/settings');
  const context = { prisma: db.prisma, clock, browser: await browserFrom() };
  const account = identity.providerAccountId;
  const { id } = await beginSignIn(context, {
    network: 'bluesky',
    account,
    connect: false,
    back: '/sign-in/again?done=1',
  });
  redirect(`/network/${id}`);
}
