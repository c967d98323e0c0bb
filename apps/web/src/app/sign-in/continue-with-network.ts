'use server';
import { MINUTE, SECOND } from '@secateur/base';
import { beginSignIn } from '@secateur/core/oauth';
import { networkMeant } from '@secateur/core/oauth/policy';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { deps } from '~/deps.ts';
import { CLIENT_ADDRESS } from '~/server/each-request.ts';
import { clientKey } from '~/server/limits/client-key.ts';
import { browserFrom } from '~/server/oauth/browser-cookie.ts';
import { safePath } from '~/server/sign-in/safe-path.ts';

/** What was typed, when there is something wrong with it. */
export type Typed = { account: string; connect: boolean; missing: boolean; minutes?: number };

/** Characters of anything that names an account. */
const LONGEST = 300;

/** Begins to sign somebody in at their own server, and leads to the page that waits for it. */
export async function continueWithNetwork(_: Typed, form: FormData): Promise<Typed> {
  const account = textOf(form, 'account').trim().slice(0, LONGEST);
  const connect = form.has('connect');
  if (account === '' || account.includes('\0') || !account.isWellFormed()) return { account, connect, missing: true };
  const { db, clock, countTry } = deps();
  const client = clientKey((await headers()).get(CLIENT_ADDRESS));
  const seconds = client === null ? null : await countTry('consentFrom', client);
  if (seconds !== null) return { account, connect, missing: false, minutes: Math.ceil((seconds * SECOND) / MINUTE) };
  const back = connect ? '/accounts' : safePath(textOf(form, 'back'));
  const context = { prisma: db.prisma, clock, browser: await browserFrom() };
  const network = networkMeant(account, form.get('network'));
  const { id } = await beginSignIn(context, { network, account, connect, back });
  redirect(`/network/${id}`);
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
