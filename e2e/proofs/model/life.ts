/** What the checker writes down itself, from what it told the user's side to do and what it saw on the network. */
import type { Action, Choice, Hold } from './command.ts';
import type { Person, Troll } from './people.ts';

export type KnownShield = {
  id: string;
  troll: Troll;
  action: Action;
  /** Profile ids of the accounts it acts on. */
  accounts: string[];
  account: boolean;
  followers: boolean;
  keepUp: boolean;
  rules: { follows: Choice; followers: Choice; mutuals: Choice };
  hold: number | null;
  /** The shortest it ever was: a cover that ended then may be over although the shield was lengthened since. */
  shortest: number;
  raisedAt: number;
  paused: boolean;
  cancelled: boolean;
  undone: boolean;
  undoneOne: Set<string>;
  /** The command that last changed it. */
  touched: number;
};

export type Span = { side: 'follows' | 'followedBy'; from: number; to: number | null };
/** One record of ours as the network showed it. */
export type KnownRecord = { did: string; at: number; late: boolean; gone: boolean };

export class Life {
  /** Counts commands. */
  tick = 0;
  readonly shields: KnownShield[] = [];
  readonly relations = new Map<string, Span[]>();
  readonly allowed = new Map<string, { from: number; tick: number; to: number | null }[]>();
  /** Records of ours by account and key. */
  readonly records = new Map<string, KnownRecord>();
  /** Mutes on the network, by account and DID: who made them and since when. */
  readonly mutes = new Map<string, { by: 'hand' | 'ours' | 'both'; at: number; known?: true }>();
  /** Account, action and DID of whatever the user ever held or took away by hand. */
  readonly touchedByHand = new Set<string>();
  /** Shield, account and DID: the user lifted it by hand, so that this shield may not make it again. */
  readonly refused = new Set<string>();
  /** Ends of covers as first seen, by account, action and key. */
  readonly confirmed = new Map<string, number>();
  /** Member's audit rows by action. */
  readonly audits = new Map<string, number>();
  /** Writes that arrived late, or were answered with an untyped error. */
  late = 0;

  audited(action: string): void {
    this.audits.set(action, (this.audits.get(action) ?? 0) + 1);
  }

  relationsOf(account: string, did: string): Span[] {
    const at = `${account} ${did}`;
    const spans = this.relations.get(at) ?? [];
    this.relations.set(at, spans);
    return spans;
  }

  shield(id: string): KnownShield | undefined {
    return this.shields.find((s) => s.id === id);
  }
}

export function membersOf(shield: KnownShield): Person[] {
  return [...(shield.account ? [shield.troll] : []), ...(shield.followers ? shield.troll.crowd : [])];
}

export const SECONDS: Record<Hold, number | null> = {
  '2m': 120,
  '1d': 86_400,
  '3d': 3 * 86_400,
  '7d': 7 * 86_400,
  '30d': 30 * 86_400,
  '6w': 42 * 86_400,
  forever: null,
};
