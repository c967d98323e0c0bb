import type { Action, Held, LimitReport, NetworkName } from '@secateur/networks/port';
import type { Opening } from '../connections/index.ts';
import type { Cover, EndReason, Wish } from './policy/index.ts';

export type AccountRef = { tenantId: string; accountId: string };

/** A cover with what its shield wishes. */
export type RuledCover = Cover & Wish & { raisedAt: Date | null; settled: boolean };

/**
 * In place of a key, where a network has none: it was looked at and found not to be so, and may have been sent since. It is
 * committed before anything is.
 */
export const LOOKED = '';

/** An effect that a claim took: its key was committed before anything is sent. */
export type Claimed = {
  profileId: string;
  nativeId: string;
  key: string | null;
  tries: number;
  /** Its key may have been sent before, in another batch. A claim takes only resent ones or only fresh ones. */
  resent: boolean;
  /** The account talked with them lately; known where a shield goes by it. */
  talked?: boolean;
};

/** An effect that is about to be sent, with what the shields that want it spare. */
export type Sendable = Claimed & {
  wantedBy: Wish[];
  /** When the last of them is expected to end, were it made now; null when that is open. */
  until: Date | null;
};

/** An applied effect, and when its last cover ends; null when that is open. */
export type Renewable = Claimed & { until: Date | null };

/** What one claim found due, committed as intent before the network hears of it. */
export type Chunk = {
  kind: 'chunk';
  ref: AccountRef;
  epoch: number;
  /**
   * Whose credentials it is done with: the account's own connection, or, of an account that is moved away and whose own no
   * longer work, the one of whoever proved to own it. `sealed` is null where they are yet to be read.
   */
  connection: { tenantId: string; id: string; network: NetworkName; version: number; sealed: Uint8Array | null };
  /** Opens them; null where this process has the session open, or they are yet to be read. */
  opening: Opening | null;
  nativeId: string;
  head: string | null;
  mark: string | null;
  /** Left in flight by a claim that never reported: read back before anything else. */
  unsettled: { action: Action; applying: Claimed[]; lifting: Claimed[] } | null;
  lifts: { action: Action; items: Claimed[] } | null;
  applies: { action: Action; shieldId: string; items: Sendable[] } | null;
  /** Held on: the network would end them by itself before their last cover does, and is told when that is. */
  renewals: { action: Action; items: Renewable[] } | null;
  /** Points written down for this chunk. */
  points: number;
};

/** What became of a chunk on the network. An effect named nowhere here stays in flight and is read back next time. */
export type Report = {
  applied: Claimed[];
  lifted: Claimed[];
  /** Ours is gone and we did not lift it: the user did. */
  undone: { action: Action; claimed: Claimed }[];
  /** The user holds it already. */
  byHand: Claimed[];
  /** Own people, as the network said just before writing: every shield that wants them spares or weakens them. */
  own: Related[];
  /** Own people about whom some shield does nothing: sent for that one, spared or weakened by the others. */
  related: Related[];
  /** Certainly not sent or certainly not taken: due again. `counts` when trying again may never help. */
  retry: { claimed: Claimed; counts: boolean; problem: string }[];
  stillHeld: { claimed: Claimed; problem: string }[];
  /** Hand-made records found on the way. */
  found: { action: Action; held: Held }[];
  head: string | null;
  mark: string | null;
  limit: LimitReport | null;
  /** Points spent beyond those written down. */
  extraPoints: number;
  /** Stops the turn: why, and until when if the network said so. */
  trouble: {
    why: 'people' | 'budget' | 'network' | 'connection' | 'unpaid' | 'capped' | 'closed';
    until: Date | null;
    problem: string;
  } | null;
};

/** Somebody who stands to the account as the network said just before writing. */
export type Related = { claimed: Claimed; follows: boolean; followedBy: boolean; talked: boolean };

export type Ended = { profileId: string; shieldId: string; why: EndReason | 'lifted_by_you' | 'cancelled' };
