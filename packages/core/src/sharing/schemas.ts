import { z } from 'zod';
import { MOST_LETTERS } from './policy/index.ts';

/** Inputs and views of lists that tenants share. Safe for the browser. */

const network = z.enum(['bluesky', 'mastodon', 'x']);

export const publishInput = z.object({
  shieldId: z.uuid(),
  network,
  title: z.string().trim().min(1).max(80),
  hears: z.boolean(),
});
export const listRef = z.object({ id: z.uuid() });
export const takeOffInput = z.object({ id: z.uuid(), query: z.string().trim().min(1).max(300) });
export const linkInput = z.object({ token: z.string().min(40).max(60) });

export const MODES = ['follow', 'freeze'] as const;
export const subscribeInput = linkInput.extend({ mode: z.enum(MODES) });
export const answerInput = z.object({
  id: z.uuid(),
  /** The change that was asked about: a later one asks anew. */
  change: z.int().min(0),
});

/** Why somebody says that they are on a list by mistake. */
export const REASONS = ['taken_for', 'by_chance', 'against', 'other'] as const;
export const appealInput = z.object({
  network,
  account: z.string().trim().min(1).max(300),
  reason: z.enum(REASONS),
  words: z.string().max(MOST_LETTERS),
});
export const hearInput = z.object({ id: z.uuid(), hears: z.boolean() });
export const answerAppealInput = z.object({ id: z.uuid(), takeOff: z.boolean() });

/** What somebody wrote who says that they are on a list by mistake. Nobody has checked that it comes from them. */
export type AppealView = {
  id: string;
  handle: string;
  reason: (typeof REASONS)[number];
  /** They wrote something besides, which is shown to who asks for it. */
  wrote: boolean;
  cameAt: Date;
};

/** What who holds a link is shown. */
export type Offer = { title: string; network: z.infer<typeof network>; size: number };

/** A list that the tenant lets others use. */
export type PublishedView = {
  id: string;
  shieldId: string;
  network: z.infer<typeof network>;
  title: string;
  size: number;
  publishedAt: Date;
  endedAt: Date | null;
  /** Whether people who say that they are on it by mistake are heard, and how many wait for an answer. */
  hears: boolean;
  appeals: number;
};

/** A list that the tenant took from somebody else. */
export type SubscriptionView = {
  /** That of its members, too: what a shield's source names. */
  id: string;
  network: z.infer<typeof network>;
  title: string;
  mode: (typeof MODES)[number];
  subscribedAt: Date;
  /** Accounts that came so far, and whether all did. */
  size: number;
  complete: boolean;
  added: number;
  forgiven: number;
  changedAt: Date | null;
  /** More wait than may come by themselves: how many, and up to which change. */
  asks: { count: number; change: number } | null;
  endedAt: Date | null;
};
