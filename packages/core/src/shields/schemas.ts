import { z } from 'zod';
import type { ConnectionState } from '../connections/schemas.ts';
import { HOLD_NAMES } from './policy/holds.ts';

/** Inputs and views of shields. Safe for the browser: no import that reaches a server. */

/** A line of a member's own, empty ones being none. */
const line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.trim() || null)
    .nullable();
/** Most letters of a shield's private reason, and of its note. */
export const LONGEST_REASON = 200;
export const LONGEST_NOTE = 4_000;

export const previewInput = z.object({
  /** A handle, a profile's link or a DID, as typed. */
  query: z.string().trim().min(1).max(300),
  connectionIds: z.array(z.uuid()).min(1).max(20),
  action: z.enum(['block', 'mute']),
  hold: z.enum(HOLD_NAMES),
  /** The account itself, and the crowd around it. */
  includeAccount: z.boolean(),
  includeFollowers: z.boolean(),
  spareFollows: z.boolean(),
  spareFollowers: z.boolean(),
  spareMutuals: z.boolean(),
  /** Why, for the members' own eyes. */
  reason: line(LONGEST_REASON).default(null),
});
export type PreviewInput = z.infer<typeof previewInput>;

export const shieldInput = z.object({ id: z.uuid() });
export const extendInput = z.object({ id: z.uuid(), hold: z.enum(HOLD_NAMES) });
export const targetInput = z.object({ id: z.uuid(), accountId: z.uuid(), profileId: z.uuid() });

/** Some targets that were chosen, of one or several shields. */
export const undoSomeInput = z.object({
  targets: z
    .array(
      z.object({ shieldId: z.uuid(), accountId: z.uuid(), profileId: z.uuid(), action: z.enum(['block', 'mute']) }),
    )
    .min(1)
    .max(200),
});
/** Days over which everything may be let go; 0 is at once. */
export const UNDO_SPANS = [0, 1, 3, 7, 14, 28] as const;
export const undoAllInput = z.object({ days: z.literal(UNDO_SPANS) });
export const renewInput = z.object({ ids: z.array(z.uuid()).min(1).max(100) });
export const noteInput = z.object({ id: z.uuid(), reason: line(LONGEST_REASON), note: line(LONGEST_NOTE) });

/** An order to undo everything, and how far it has come. */
export type OrderView = {
  id: string;
  createdAt: Date;
  /** When the last of it is let go, as far as the network's pace allows. */
  until: Date;
  /** How many were held when it was given, and how many of them still are. */
  held: number;
  left: number;
  running: boolean;
  calledOffAt: Date | null;
};

export const TARGET_FILTERS = ['all', 'spared'] as const;
export const targetsInput = z.object({
  id: z.uuid(),
  filter: z.enum(TARGET_FILTERS),
  /** The last profile of the page before. */
  after: z.object({ profileId: z.uuid(), accountId: z.uuid() }).nullable(),
});
export const listInput = z.object({ before: z.coerce.date().nullable() });

export type Subject = { profileId: string; handle: string; displayName: string | null; followers: number | null };

/** Why somebody is spared, as a page names it. */
export type SpareReason = 'yourself' | 'you_follow' | 'follows_you' | 'mutual' | 'allowed' | 'protected';

export type PreviewView = {
  id: string;
  action: 'block' | 'mute';
  hold: number | null;
  /** `endsAt`: when the account's session ends, after which nothing can be lifted without connecting it again. */
  connections: { id: string; handle: string; endsAt: Date | null }[];
  query: string;
  /** resolving → listing → ready; failed says why in `problem`. Raising is possible from `listing` on. */
  state: 'resolving' | 'listing' | 'ready' | 'failed';
  problem: string | null;
  subject: Subject | null;
  /** Listed so far, and how many the network says there are (null: not known). */
  listed: number;
  expected: number | null;
  /** Own people were read from the network less than 15 minutes ago. */
  peopleKnown: boolean;
  /** Listed ones who are spared, by reason, and the first hundred by name. */
  spared: { reason: SpareReason; count: number }[];
  sparedPeople: { profileId: string; handle: string; displayName: string | null; reason: SpareReason }[];
  /** Listed ones whom the account blocks or mutes already. */
  already: number;
  /** Effects this would make, by what is known now. */
  toDo: number;
  /** Tokens: needed, there now, and whether the crowd is more than 20 times the capacity. */
  cost: { tokens: number; available: number; perDay: number; tooLarge: boolean; most: number };
  /** Effects per hour at this account's budget, and when it ends if raised now. */
  pace: { perHour: number; perDay: number; finishesAt: Date };
  firstLiftAt: Date | null;
  lastLiftAt: Date | null;
  /** Writes of the account's daily network budget that stay the member's own. */
  leftForYouToday: number;
  /** Whether strangers can see it on the network. */
  public: boolean;
};

export type ShieldState = 'preview' | 'gathering' | 'acting' | 'holding' | 'lifting' | 'ended' | 'discarded';
export type Counts = {
  total: number;
  spared: number;
  already: number;
  pending: number;
  done: number;
  failed: number;
  over: number;
};

export type ShieldView = {
  id: string;
  state: ShieldState;
  action: 'block' | 'mute';
  public: boolean;
  subject: Subject | null;
  query: string;
  includesFollowers: boolean;
  connections: { id: string; handle: string; state: ConnectionState }[];
  hold: number | null;
  createdAt: Date;
  raisedAt: Date | null;
  pausedAt: Date | null;
  cancelledAt: Date | null;
  undoneAt: Date | null;
  /** When the last of it is let go under an order to undo everything. */
  letGoAt: Date | null;
  /** By how many seconds it can be held longer, where it ends soon. */
  renewal: number | null;
  endedAt: Date | null;
  /** Members listed so far while gathering, and how many the network says there are. */
  listed: number;
  expected: number | null;
  counts: Counts;
  /** Why it isn't going on right now, and until when if that is known. */
  waiting: { why: 'people' | 'tokens' | 'budget' | 'network' | 'connection'; until: Date | null } | null;
  problem: string | null;
  firstLiftAt: Date | null;
  lastLiftAt: Date | null;
  tokens: { held: number; charged: number };
  /** Why it was raised, and what is to be remembered about it: the members' own words. */
  reason: string | null;
  note: string | null;
};

export type ShieldRow = Pick<
  ShieldView,
  | 'id'
  | 'state'
  | 'action'
  | 'subject'
  | 'query'
  | 'counts'
  | 'createdAt'
  | 'raisedAt'
  | 'pausedAt'
  | 'cancelledAt'
  | 'undoneAt'
  | 'letGoAt'
  | 'renewal'
  | 'firstLiftAt'
  | 'hold'
  | 'lastLiftAt'
  | 'endedAt'
>;

/** What became of a target, in the order a page explains it. `done` only after the network acknowledged it. */
export type Outcome =
  | 'waiting'
  | 'sending'
  | 'done'
  | 'lifting'
  | 'lifted'
  | 'spared'
  | 'already'
  | 'lifted_by_you'
  | 'kept'
  | 'failed'
  | 'kept_by_another'
  | 'never_done';

export type TargetView = {
  profileId: string;
  accountId: string;
  handle: string;
  displayName: string | null;
  outcome: Outcome;
  /** A SpareReason, the cause of an end, or a Problem. */
  reason: string | null;
  confirmedAt: Date | null;
  liftAt: Date | null;
};
export type TargetPage = { items: TargetView[]; next: { profileId: string; accountId: string } | null };
