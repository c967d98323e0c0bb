import { z } from 'zod';
import { CHOICES } from './policy/exempt.ts';

export { CALM_RULES, CHOICES, type Choice, type SpareReason, TELLS_TALKS } from './policy/exempt.ts';

/** Inputs and views of the allow list. Safe for the browser. */

export const allowInput = z.object({ profileId: z.uuid() });
/** Some people whom somebody picked. */
export const allowSomeInput = z.object({ profileIds: z.array(z.uuid()).min(1).max(100) });
export type AllowedView = { profileId: string; handle: string; displayName: string | null; addedAt: Date };

export type AllowedPage = {
  items: AllowedView[];
  /** Of the whole list, found or not. */
  total: number;
  next: { addedAt: Date; profileId: string } | null;
};

/** Most people on one tenant's allow list: every plan looks everybody of a crowd up in it. */
export const MOST_ALLOWED = 50_000;

/** `text` is a piece of a name; empty for everybody. `before` is where the page before ended. */
export const findInput = z.object({
  text: z.string().trim().max(100),
  before: z.object({ addedAt: z.coerce.date(), profileId: z.uuid() }).nullable(),
});

/** A file of accounts that was brought (see uploads). */
export const bringInput = z.object({ uploadId: z.uuid() });
/** How many came on the list, and how many were on it or are not looked up yet. */
export type Brought = { added: number; again: number };

export const fileInput = z.object({ network: z.enum(['bluesky', 'mastodon', 'x']) });
export type AllowedFile = { name: string; text: string; count: number };

const choice = z.enum(CHOICES);

/** What a shield does about those whom a rule finds. More than `popularAbove` followers are many. */
export const rulesInput = {
  forFollows: choice,
  forFollowers: choice,
  forMutuals: choice,
  forTalked: choice,
  forVerified: choice,
  forPopular: choice,
  popularAbove: z.int().min(1).max(1_000_000_000),
};
