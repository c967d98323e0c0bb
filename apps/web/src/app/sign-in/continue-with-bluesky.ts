'use server';
import { beginSignIn } from '@secateur/core/oauth';
import { redirect } from 'next/navigation';
import { deps } from '~/deps.ts';
import { browserFrom } from '~/server/oauth/browser-cookie.ts';
import { safePath } from '~/server/sign-in/safe-path.ts';

/** What was typed, when there is something wrong with it. */
export type Typed = { account: string; connect: boolean; missing: boolean };

/** Characters of anything that names an account. */
const LONGEST = 300;

/** Begins to sign somebody in at their own server, and leads to the page that waits for it. */
export async function continueWithBluesky(_: Typed, form: FormData): Promise<Typed> {
  const account = textOf(form, 'account').trim().slice(0, LONGEST);
  const connect = form.has('connect');
  if (account === '') return { account, connect, missing: true };
  const { db, clock } = deps();
  const back = connect ? '/accounts' : safePath(textOf(form, 'back'));
  const context = { prisma: db.prisma, clock, browser: await browserFrom() };
  const { id } = await beginSignIn(context, { network: 'bluesky', account, connect, back });
  redirect(`/network/${id}`);
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
