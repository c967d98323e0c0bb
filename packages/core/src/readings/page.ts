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
  /** The account's, before the next page is asked for. */
  epoch: number;
};

/** `untold`: nothing is to be concluded from what is missing. */
export type Page = { profiles: PublicProfile[]; held: Held[]; talks: Talk[]; cursor: string | null; untold: boolean };

/** What a network may charge for; the others are read only where they cost nothing. */
export type Paid = 'people' | 'blocks' | 'mutes';
export type Free = Exclude<ReadingKind, Paid>;

export const NOBODY = { profiles: [], held: [], talks: [] };

export function isFree(kind: ReadingKind): kind is Free {
  return kind === 'talked' || kind === 'familiar';
}
