import { z } from 'zod';
import type { ConnectionState } from '../connections/schemas.ts';
import { rulesInput, type SpareReason } from '../exemptions/schemas.ts';
import { HOLD_NAMES } from './policy/holds.ts';
import { LIST_FORMS } from './policy/list-forms.ts';

export type { SpareReason } from '../exemptions/schemas.ts';
export { LIST_FORMS, type ListForm } from './policy/list-forms.ts';

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
/** A crowd, as a member means it: where it is, and of whom or of what. */
const CROWDS = ['followers', 'following', 'likers', 'reposters', 'quoters', 'repliers', 'list'] as const;
export const sourceInput = z.union([
  z.object({
    kind: z.enum(['account', ...CROWDS]),
    network: z.enum(['bluesky', 'mastodon', 'x']),
    /** A handle, a link, or a native id, as typed. */
    query: z.string().trim().min(1).max(300),
  }),
  z.object({ kind: z.enum(['file', 'shared']), network: z.enum(['bluesky', 'mastodon', 'x']), uploadId: z.uuid() }),
]);
export type SourceInput = z.infer<typeof sourceInput>;

/** Most sources of one shield. */
export const MOST_SOURCES = 20;

export const previewInput = z.object({
  sources: z.array(sourceInput).min(1).max(MOST_SOURCES),
  /** Members of at least so many of the crowds are meant; accounts that are named always are. */
  threshold: z.int().min(1).max(MOST_SOURCES),
  connectionIds: z.array(z.uuid()).min(1).max(20),
  action: z.enum(['block', 'mute']),
  hold: z.enum(HOLD_NAMES),
  ...rulesInput,
  /** Whether whoever joins its crowds while it holds is covered too. */
  keepUp: z.boolean().default(false),
  /** Why, for the members' own eyes. */
  reason: line(LONGEST_REASON).default(null),
});
export type PreviewInput = z.infer<typeof previewInput>;

export const shieldInput = z.object({ id: z.uuid() });
export const preparedInput = z.object({ id: z.uuid(), form: z.enum(LIST_FORMS) });
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

/** One of a shield's sources, with how far it is known. */
export type SourceView = {
  ordinal: number;
  kind: SourceInput['kind'];
  network: SourceInput['network'];
  /** As typed; a file's name. */
  query: string;
  /** Of a file that was brought. */
  uploadId: string | null;
  state: 'resolving' | 'listing' | 'ready' | 'failed';
  problem: string | null;
  /** The account that it is about: named, followed, or who wrote the post or keeps the list. */
  subject: Subject | null;
  title: string | null;
  /** Listed so far, and how many there are as far as is known (null: nobody says). */
  listed: number;
  expected: number | null;
  /** Members of a crowd that is listed whom its server counts and does not show; they can't be reached. */
  untold: number;
};

/** What a shield does on one network, and what is to be known about doing it there. */
export type NetworkView = {
  network: SourceInput['network'];
  accounts: number;
  /** Whether strangers can see it. */
  public: boolean;
  /** Whether it also ends follows both ways, for good. */
  endsFollows: boolean;
  perHour: number;
  perDay: number;
  /** Effects a day that the member could still make by hand with each account; null where that is not limited. */
  leftPerDay: number | null;
};

/**
 * Who of a crowd is followed by many of those whom the accounts follow. They are spared by hand only. `answered` is how many of
 * those told whom they follow.
 */
export type FriendsView = {
  state: 'unasked' | 'looking' | 'known';
  answered: number;
  people: { profileId: string; handle: string; displayName: string | null; knownBy: number }[];
};

export type PreviewView = {
  id: string;
  action: 'block' | 'mute';
  hold: number | null;
  /** `endsAt`: when the account's session ends, after which nothing can be lifted without connecting it again. */
  connections: { id: string; handle: string; endsAt: Date | null; network: SourceInput['network'] }[];
  sources: SourceView[];
  threshold: number;
  networks: NetworkView[];
  /** The first source's. */
  query: string;
  /** resolving → listing → ready; failed says why in `problem`. Raising is possible from `listing` on. */
  state: 'resolving' | 'listing' | 'ready' | 'failed';
  problem: string | null;
  subject: Subject | null;
  /** Listed so far, and how many the networks say there are (null: not known). */
  listed: number;
  expected: number | null;
  /** Who is meant, before anybody is spared: so many so far, at most so many in the end (null: nobody knows). */
  meant: { soFar: number; atMost: number | null };
  /** Own people were read from the network less than 15 minutes ago. */
  peopleKnown: boolean;
  /** Accounts of which nobody tells whom they talked with, where the shield goes by it: nobody is found by that rule there. */
  talksUntold: string[];
  /** Listed ones who are spared, by reason, and the first hundred by name. */
  spared: { reason: SpareReason; count: number }[];
  sparedPeople: { profileId: string; handle: string; displayName: string | null; reason: SpareReason }[];
  /** Listed ones who are muted and not blocked, by the rule that says so, and the first hundred by name. */
  weakened: { reason: SpareReason; count: number }[];
  weakenedPeople: { profileId: string; handle: string; displayName: string | null; reason: SpareReason }[];
  /** Null where no network here tells it for nothing. */
  friends: FriendsView | null;
  /** Listed ones whom the account blocks or mutes already. */
  already: number;
  /** Effects this would make, by what is known now. */
  toDo: number;
  /** Tokens: needed, there now, and whether the crowd is more than 20 times the capacity. */
  cost: { tokens: number; available: number; perDay: number; tooLarge: boolean; most: number };
  /** Micro-dollars that it comes to at most, listing the rest of the crowd and lifting included, and that this month has left. Null where all is free. */
  money: { most: number; left: number } | null;
  /** When all of the crowd is listed; null where nobody says how large it is. */
  listedAt: Date | null;
  /** When the last one is done if it is raised now; null where that is never, or nobody can say. */
  finishesAt: Date | null;
  firstLiftAt: Date | null;
  lastLiftAt: Date | null;
  /** Whether who joins later is to be covered too; `never` where no source is looked at again. */
  keepUp: 'yes' | 'no' | 'never';
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

/** What a shield can wait for. Credit, a month's cap and access are of whoever runs this installation. */
export const WAITS = [
  'people',
  'tokens',
  'budget',
  'network',
  'connection',
  'spending',
  'unpaid',
  'capped',
  'closed',
] as const;
export type WaitingFor = (typeof WAITS)[number];

/** How a shield keeps up with its crowds. */
export type KeepingView = {
  state: 'on' | 'off' | 'over';
  /** When it last knew its crowds as they were then; null before it did. */
  lookedAt: Date | null;
  /** How many came since it was raised. */
  came: number;
  /** When it stops; null where it has no end, or none is known yet. */
  until: Date | null;
  waiting: 'people' | 'network' | null;
};

export type ShieldView = {
  id: string;
  state: ShieldState;
  action: 'block' | 'mute';
  public: boolean;
  subject: Subject | null;
  query: string;
  sources: SourceView[];
  threshold: number;
  connections: { id: string; handle: string; state: ConnectionState }[];
  /** Accounts of which nobody tells any more whom they talk with, while it still goes by that. */
  talksUntold: string[];
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
  waiting: { why: WaitingFor; until: Date | null } | null;
  problem: string | null;
  firstLiftAt: Date | null;
  lastLiftAt: Date | null;
  tokens: { held: number; charged: number };
  /** Null where it has no crowd that it could keep up with. */
  keeping: KeepingView | null;
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
  /** What is done to this one: a shield that blocks mutes whom it weakens, and `weakened` says for which rule. */
  action: 'block' | 'mute';
  weakened: SpareReason | null;
  /** A SpareReason, the cause of an end, or a Problem. */
  reason: string | null;
  confirmedAt: Date | null;
  liftAt: Date | null;
};
export type TargetPage = { items: TargetView[]; next: { profileId: string; accountId: string } | null };
