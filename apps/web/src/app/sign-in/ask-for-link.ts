'use server';
import { MINUTE, SECOND } from '@secateur/base';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { deps } from '~/deps.ts';
import { CLIENT_ADDRESS } from '~/server/each-request.ts';
import { clientKey } from '~/server/limits/client-key.ts';
import { EMAIL, signIn } from '~/server/sign-in/auth.ts';
import { safePath } from '~/server/sign-in/safe-path.ts';
import { keepTyped } from './typed-address.ts';

const address = z.email().max(254);

/** Sends a link to the address in the form, and leads on to the page that says so. */
export async function askForLink(form: FormData): Promise<void> {
  const back = safePath(textOf(form, 'back'));
  const typed = textOf(form, 'email').trim();
  const parsed = address.safeParse(typed.normalize('NFKC').toLowerCase());
  const error = parsed.success ? await send(parsed.data, back) : { error: 'email' };
  if (error) {
    await keepTyped(typed);
    redirect(`/sign-in?${new URLSearchParams({ back, ...error })}`);
  }
  redirect(`/sign-in/check-mail?${new URLSearchParams({ back })}`);
}

type Failed = { error: string; minutes?: string };

/** Null when the mail is on its way. A failure to count is one to send: nothing is sent that isn't counted. */
async function send(email: string, back: string): Promise<Failed | null> {
  try {
    const client = clientKey((await headers()).get(CLIENT_ADDRESS));
    const { countTry } = deps();
    const tooMany =
      tooOften('too-many-here', client ? await countTry('linkFrom', client) : null) ??
      tooOften('too-many', await countTry('linkTo', email));
    if (tooMany) return tooMany;
    const leadsTo: string = await signIn(EMAIL, { email, redirectTo: back, redirect: false });
    return new URL(leadsTo).searchParams.has('error') ? { error: 'other' } : null;
  } catch (err) {
    deps().log.error({ err }, 'a sign-in link could not be sent');
    return { error: 'other' };
  }
}

function tooOften(error: string, seconds: number | null): Failed | null {
  return seconds === null ? null : { error, minutes: String(Math.ceil((seconds * SECOND) / MINUTE)) };
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
