import { z } from 'zod';

/** Inputs and views of lists that tenants share. Safe for the browser. */

const network = z.enum(['bluesky', 'mastodon', 'x']);

export const publishInput = z.object({ shieldId: z.uuid(), network, title: z.string().trim().min(1).max(80) });
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
