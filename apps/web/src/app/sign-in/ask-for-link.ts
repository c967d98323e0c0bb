'use server';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { deps } from '~/deps.ts';
import { EMAIL, signIn } from '~/server/sign-in/auth.ts';
import { safePath } from '~/server/sign-in/safe-path.ts';
import { tooManyLinks } from '~/server/sign-in/too-many-links.ts';

const address = z.email().max(254);

/** Sends a link to the address in the form, and leads on to the page that says so. */
export async function askForLink(form: FormData): Promise<void> {
  const back = safePath(textOf(form, 'back'));
  const typed = textOf(form, 'email').trim();
  const parsed = address.safeParse(typed.normalize('NFKC').toLowerCase());
  if (!parsed.success) redirect(wayBack(back, 'email', typed));
  if (await tooManyLinks(deps().db.prisma, parsed.data)) redirect(wayBack(back, 'too-many', typed));
  const sent = await send(parsed.data, back);
  if (!sent) redirect(wayBack(back, 'other', typed));
  redirect(`/sign-in/check-mail?${new URLSearchParams({ back })}`);
}

async function send(email: string, back: string): Promise<boolean> {
  try {
    const leadsTo: string = await signIn(EMAIL, { email, redirectTo: back, redirect: false });
    return !new URL(leadsTo).searchParams.has('error');
  } catch (err) {
    deps().log.error({ err }, 'a sign-in link could not be sent');
    return false;
  }
}

function wayBack(back: string, error: string, email: string): `/sign-in?${string}` {
  return `/sign-in?${new URLSearchParams({ back, error, email })}`;
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
