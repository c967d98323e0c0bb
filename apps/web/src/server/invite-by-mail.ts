import type { MemberContext } from '@secateur/core/context';
import { type Invited, invite, revokeInvitation } from '@secateur/core/tenants';
import { getTranslations } from 'next-intl/server';
import type { Limit } from './limits/limits.ts';
import type { Mailer } from './mailer.ts';

type MailContext = MemberContext & { mailer: Mailer; limit: Limit; origin: string };

/**
 * Invites somebody and sends them the link. Where the mail can't be handed over, or there have been too
 * many, the invitation is taken back, so that
 * nobody waits for one that never comes; the error goes on to whoever asked.
 */
export async function inviteByMail(ctx: MailContext, raw: unknown): Promise<{ id: string }> {
  const invited = await invite(ctx, raw);
  try {
    await ctx.limit('mailFrom', ctx.actor.tenantId);
    await ctx.limit('mailTo', invited.email);
    await ctx.mailer.send(await mailOf(ctx.origin, invited));
  } catch (error) {
    await revokeInvitation(ctx, { id: invited.id });
    throw error;
  }
  return { id: invited.id };
}

async function mailOf(origin: string, { email, token, tenantName }: Invited) {
  const t = await getTranslations('mail.invitation');
  // The token stands behind the #: no server is told it, and no log holds it.
  const link = new URL('/invitation', origin);
  link.hash = token;
  return {
    to: email,
    subject: t('subject'),
    text: t('text', { tenant: tenantName, link: link.href }),
  };
}
