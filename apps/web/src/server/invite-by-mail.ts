import type { MemberContext } from '@secateur/core/context';
import { type Invited, invite, revokeInvitation } from '@secateur/core/tenants';
import type { Limit } from './limits/limits.ts';
import { mailboxOf } from './limits/mailbox.ts';
import type { Mailer } from './mailer.ts';
import { masked, nameOf, t } from './notices/words.ts';

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
    await ctx.limit('mailTo', mailboxOf(invited.email));
    await ctx.mailer.send(mailOf(ctx.origin, invited));
  } catch (error) {
    await revokeInvitation(ctx, { id: invited.id });
    throw error;
  }
  return { id: invited.id };
}

/**
 * Nothing in it is text of whoever invites, for it goes to people who never asked: what their tenant is called could be a
 * threat. It stands on the page behind the link.
 */
function mailOf(origin: string, { email, token, by }: Invited) {
  // The token stands behind the #: no server is told it, and no log holds it.
  const link = new URL('/invitation', origin);
  link.hash = token;
  return {
    to: email,
    subject: t('mail.invitation.subject'),
    text: t('mail.invitation.text', { who: masked(nameOf(by)), link: link.href }),
  };
}
