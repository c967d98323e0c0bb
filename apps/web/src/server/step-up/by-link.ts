import { Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import type { MailLink } from '@secateur/db';
import { z } from 'zod';
import { linkTo, makeLink, takeLink } from '../links/mail-links.ts';
import type { Mailer } from '../mailer.ts';
import type { Notify } from '../notices/notify.ts';
import { t } from '../notices/words.ts';
import { isLive } from '../sign-in/lifetime.ts';
import { freshness, type StepContext } from './fresh.ts';
import { beginWait } from './pending.ts';
import { placeOf } from './place.ts';
import { DEEDS, type Deed, isFresh, type Way } from './policy.ts';

export const deedInput = z.object({ deed: z.enum(DEEDS) });

type LinkContext = Omit<StepContext, 'tenantId'> & {
  session: { actingIn: string | null };
  origin: string;
  mailer: Mailer;
  notify: Notify;
};

/**
 * Sends the first address a link with which its owner confirms that it is them who wants to do this. Who signs in with an
 * account elsewhere and has no address proves that account anew; a day's wait begins at once when they just did.
 */
export async function sendStepLink(ctx: LinkContext, raw: unknown): Promise<void> {
  const { deed } = deedInput.parse(raw);
  const tenantId = await placeOf(ctx, deed);
  const verdict = await freshness({ ...ctx, tenantId }, deed);
  if (verdict.fresh) return;
  if (verdict.way === 'passkey') throw new Refusal('step_up_needed', { deed, way: 'passkey' });
  const { email } = await ctx.prisma.user.findUniqueOrThrow({ where: { id: ctx.user.id } });
  if (email === null) return waitWithoutLink({ ...ctx, tenantId }, deed, verdict.way);
  const link = await makeLink(ctx, {
    kind: 'step_up',
    userId: ctx.user.id,
    doing: deed,
    actingIn: tenantId,
    sessionId: ctx.session.id,
  });
  const what = t(`mail.deeds.${deed}`);
  await ctx.mailer.send({ to: email, subject: t('mail.stepUp.subject'), text: t('mail.stepUp.text', { what, link }) });
}

async function waitWithoutLink(
  ctx: StepContext & { origin: string; notify: Notify },
  deed: Deed,
  way: Way,
): Promise<void> {
  if (way !== 'day' || !isFresh(ctx.session.provenAt, new Date())) throw new Refusal('step_up_needed', { deed, way });
  await beginAndTell(ctx, deed);
}

/**
 * The link was pressed: the session that asked is fresh, or the day's wait begins, of which both addresses hear. Throws
 * the Refusal `not_found` when that session is over meanwhile.
 */
export async function followStepLink(ctx: Context & { origin: string; notify: Notify }, link: MailLink): Promise<void> {
  const { stepping, deed, verdict } = await standingOf(ctx, link);
  await ctx.prisma.$transaction(async (tx) => {
    await takeLink(tx, link);
    await tx.session.update({ where: { id: stepping.session.id }, data: { provenAt: new Date() } });
  });
  if (verdict.fresh || verdict.way !== 'day') return;
  await beginAndTell({ ...ctx, ...stepping }, deed);
}

async function beginAndTell(ctx: StepContext & { origin: string; notify: Notify }, deed: Deed): Promise<void> {
  const { readyAt, token, secondToken } = await beginWait(ctx, deed);
  const secondLink = secondToken === null ? null : linkTo(ctx.origin, secondToken);
  await ctx.notify(ctx.user.id, { about: 'pending', deed, readyAt, link: linkTo(ctx.origin, token), secondLink });
}

/** Who asked for a link, and how they stand with what they want to do. Throws the Refusal as above. */
export async function standingOf(ctx: Context, { userId, sessionId, actingIn, doing }: MailLink) {
  const deed = doing as Deed;
  const session = await ctx.prisma.session.findFirst({ where: { id: sessionId ?? '', userId, ...isLive(new Date()) } });
  if (!session || !actingIn) throw new Refusal('not_found');
  const stepping: StepContext = { ...ctx, user: { id: userId }, session, tenantId: actingIn };
  return { stepping, deed, verdict: await freshness(stepping, deed) };
}
