'use server';
import { beginSignIn } from '@secateur/core/oauth';
import { redirect } from 'next/navigation';
import { deps } from '~/deps.ts';
import { browserFrom } from '~/server/oauth/browser-cookie.ts';
import { here } from '~/server/sign-in/here.ts';
import { identitiesOf } from '~/server/ways/list.ts';

/** Sends whoever is signed in to the server of an account that they sign in with. */
export async function proveAgain(form: FormData): Promise<void> {
  const session = await here();
  if (!session) redirect('/sign-in');
  const { db, clock, countTry } = deps();
  if ((await countTry('consentBy', session.userId)) !== null) redirect('/sign-in/again?error=too-many');
  const identities = await identitiesOf(db.prisma, session.userId);
  const identity = identities.find(({ nativeId }) => nativeId === form.get('account')) ?? identities[0];
  if (!identity) redirect('/settings');
  const context = { prisma: db.prisma, clock, browser: await browserFrom() };
  const { id } = await beginSignIn(context, {
    network: identity.network,
    account: identity.nativeId,
    connect: false,
    back: '/sign-in/again?done=1',
  });
  redirect(`/network/${id}`);
}
