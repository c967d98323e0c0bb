import { z } from 'zod';
import type { Outcome } from '../shields/schemas.ts';

/** Inputs and views of the ledger. Safe for the browser. */

/**
 * How a target stands, in one word: `by_shield` is already so because of another shield, `undone` was let go by a member
 * here or by hand on the network, `withdrawn` is one for whom nothing was done.
 */
export const STANDINGS = [
  'planned',
  'done',
  'already',
  'by_shield',
  'spared',
  'failed',
  'expired',
  'undone',
  'withdrawn',
  'kept',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** Why somebody is spared. */
export const SPARED_FOR = [
  'you_follow',
  'follows_you',
  'mutual',
  'allowed',
  'protected',
  'yourself',
  'talked',
  'verified',
  'popular',
] as const;

/** Why somebody is spared, or a target is over. */
export const REASONS = [
  ...SPARED_FOR,
  'time_up',
  'undone',
  'undone_one',
  'lifted_by_you',
  'cancelled',
  'disconnected',
  'kept',
] as const;
export type Reason = (typeof REASONS)[number];

/** A name as somebody types it: where it begins with @, that is no part of it. */
const term = z
  .string()
  .max(100)
  .transform((text) => text.trim().replace(/^@/, ''))
  .transform((text) => (text === '' ? null : text))
  .nullable();

export const ledgerFilter = z.object({
  /** A part of a handle or of a display name; of one or two letters, the beginning of a handle. */
  term,
  network: z.enum(['bluesky', 'mastodon', 'x']).nullable(),
  /** As which of the tenant's accounts. */
  connectionId: z.uuid().nullable(),
  shieldId: z.uuid().nullable(),
  action: z.enum(['block', 'mute']).nullable(),
  standing: z.enum(STANDINGS).nullable(),
  reason: z.enum(REASONS).nullable(),
});
export type LedgerFilter = z.infer<typeof ledgerFilter>;

/** Where an entry stands: the newest shield comes first. */
const place = z.object({
  shieldId: z.uuid(),
  accountId: z.uuid(),
  profileId: z.uuid(),
  action: z.enum(['block', 'mute']),
});
export type LedgerPlace = z.infer<typeof place>;

export const ledgerInput = ledgerFilter.extend({
  /** The last entry of the page before, or how far was looked. */
  after: place.nullable(),
});

/** A shield, by whom it is against. */
export type ShieldName = { id: string; name: string };

export type LedgerEntry = LedgerPlace & {
  handle: string;
  displayName: string | null;
  network: string;
  account: string;
  shield: ShieldName;
  standing: Standing;
  outcome: Outcome;
  /** A Reason, or, of what failed or can't be lifted yet, a Problem. */
  reason: string | null;
  /** The rule for which somebody is muted where the shield blocks. */
  weakened: string | null;
  confirmedAt: Date | null;
  liftAt: Date | null;
  /** The shield that made it, where that is another. */
  by: ShieldName | null;
};

export type LedgerPage = {
  items: LedgerEntry[];
  /** Where the next page begins; null when there is none. A page with fewer entries than it could have may have one. */
  next: LedgerPlace | null;
  /** How many there are in all; null where that would have to be counted, and on later pages. */
  count: number | null;
};

/** How many one step undid, and where the next begins; null when it was the last. */
export type UndoneStep = { count: number; next: LedgerPlace | null };
