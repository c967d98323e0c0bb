import type { Held, PublicProfile, Talk } from '@secateur/networks/port';
import type { ReadingKind } from '../connections/jobs.ts';

export type ReadRef = { tenantId: string; accountId: string; kind: ReadingKind };

/** Where a reading stands. */
export type Row = {
  generation: number;
  step: string | null;
  cursor: string | null;
  startedAt: Date | null;
  readAt: Date | null;
  tries: number;
  /** Its last complete reading was told nothing, so that nobody knows what was before it. */
  wasUntold: boolean;
  /** The account's, before the next page is asked for. */
  epoch: number;
};

/** `untold`: nothing is to be concluded from what is missing. `answered`: how many of those who were asked so far. */
export type Page = {
  profiles: PublicProfile[];
  held: Held[];
  talks: Talk[];
  cursor: string | null;
  untold: boolean;
  answered: number | null;
};

/** What a network may charge for; the others are read only where they cost nothing. */
export type Paid = 'people' | 'blocks' | 'mutes';
export type Free = Exclude<ReadingKind, Paid>;

export const NOBODY = { profiles: [], held: [], talks: [], answered: null };

export function isFree(kind: ReadingKind): kind is Free {
  return kind === 'talked' || kind === 'familiar';
}
