import { Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import type { MailLink, MailLinkKind } from '@secateur/db';
import { z } from 'zod';
import { acceptNewAddress, restoreAddress } from '../contact/address.ts';
import { acceptSecond } from '../contact/second.ts';
import type { Notify } from '../notices/notify.ts';
import { masked, nameOf } from '../notices/words.ts';
import { takeBackPasskeys } from '../passkeys/take-back.ts';
import { followStepLink, standingOf } from '../step-up/by-link.ts';
import { cancelByToken, pendingOf } from '../step-up/pending.ts';
import type { Deed } from '../step-up/policy.ts';
import { lookAtLink } from './mail-links.ts';

export const linkInput = z.object({ token: z.string().max(100) });

/** What a link is for, as whoever holds it is told. */
export type LinkView =
  | { kind: 'step_up'; deed: Deed; wait: boolean }
  | { kind: 'stop'; deed: Deed }
  | { kind: 'second_contact' | 'remove_passkeys'; who: string }
  | { kind: 'new_address' | 'restore_address'; email: string };

type LinkContext = Context & { origin: string; notify: Notify };

/** What a link would do. Throws the Refusal `not_found` when it was used, ran out or never was. */
export async function lookAt(ctx: LinkContext, raw: unknown): Promise<LinkView> {
  const { token } = linkInput.parse(raw);
  const link = await lookAtLink(ctx.prisma, token);
  if (link) return viewOf(ctx, link);
  const pending = await pendingOf(ctx, token);
  if (!pending) throw new Refusal('not_found');
  return { kind: 'stop', deed: pending.kind as Deed };
}

/** Does what a link is for. Throws the Refusal `not_found` as above. */
export async function followLink(ctx: LinkContext, raw: unknown): Promise<void> {
  const { token } = linkInput.parse(raw);
  const link = await lookAtLink(ctx.prisma, token);
  if (link) return FOLLOW[link.kind](ctx, link);
  if ((await cancelByToken(ctx, token)) === null) throw new Refusal('not_found');
}

const FOLLOW: Record<MailLinkKind, (ctx: LinkContext, link: MailLink) => Promise<void>> = {
  step_up: followStepLink,
  second_contact: acceptSecond,
  new_address: acceptNewAddress,
  restore_address: restoreAddress,
  remove_passkeys: takeBackPasskeys,
};

async function viewOf(ctx: LinkContext, link: MailLink): Promise<LinkView> {
  const { kind, userId, email } = link;
  if (kind === 'step_up') {
    const { deed, verdict } = await standingOf(ctx, link);
    return { kind, deed, wait: !verdict.fresh && verdict.way === 'day' };
  }
  if (kind === 'new_address' || kind === 'restore_address') return { kind, email: email ?? '' };
  const owner = await ctx.prisma.user.findUniqueOrThrow({ where: { id: userId } });
  return { kind, who: masked(nameOf(owner)) };
}
