/** What the checker writes down itself: what it had done by hand, and what it saw arrive on the networks. */
import type { Choice } from '@secateur/core/exemptions/schemas';
import type { Action, NetworkName } from '@secateur/networks/port';
import type { Person } from './people.ts';

export type Known = {
  id: string;
  on: NetworkName[];
  /** Ids of those it means, and of those it names. */
  meant: Set<string>;
  named: Set<string>;
  action: Action;
  rules: { follows: Choice; followers: Choice; mutuals: Choice };
  raisedAt: number;
  /** Seconds. */
  hold: number;
  paused: boolean;
  /** The step at which it was undone. */
  undone: number | null;
};

export type Span = { side: 'follows' | 'followedBy'; from: number; to: number | null };
/**
 * Something an account holds of which its network keeps no identity. `both`: made by hand over ours, or ours over one made by hand so
 * shortly before that nobody could have seen it; whose it is nobody can tell. `sure`: we were told that it was made. `at`: when it was
 * last made, by the domain's time.
 */
export type Holding = { by: 'hand' | 'ours' | 'both'; seq: number; sure: boolean; at: number };

export class Truth {
  /** Counts steps, and, finer, everything that happens. */
  step = 0;
  seq = 0;
  readonly shields: Known[] = [];
  readonly #spans = new Map<string, Span[]>();
  readonly #allowed = new Map<string, { from: number; step: number; to: number | null }[]>();
  /** By action and person, where there are no keys. */
  readonly #held = new Map<string, Holding>();
  /** When the network was last asked about somebody, counted as `seq`. */
  readonly #looked = new Map<string, number>();
  /** Action and person of whatever was ever made or lifted by hand. */
  readonly #touched = new Set<string>();
  /** Shield, action and person: lifted by hand, so that this shield may not make it again. */
  readonly refused = new Set<string>();
  /** Shield, action and person: it covered them until we lifted it, so that it is over for them. */
  readonly over = new Set<string>();
  /** People whom the user blocks by hand on Bluesky, where records tell them from ours. */
  readonly records = new Set<string>();
  /** Those among them whom the user blocked beside a block of ours. */
  readonly beside = new Set<string>();
  /** Figures of what was tried, so that a run that tries nothing is seen. */
  readonly figures = { writes: 0, lifts: 0, spared: 0 };

  spans(person: Person): Span[] {
    const found = this.#spans.get(person.id) ?? [];
    this.#spans.set(person.id, found);
    return found;
  }

  follow(person: Person, side: Span['side'], on: boolean, now: number): void {
    const open = this.spans(person).find((s) => s.side === side && s.to === null);
    if (on && !open) this.spans(person).push({ side, from: now, to: null });
    if (!on && open) open.to = now;
  }

  /** A block ends follows both ways on some networks. */
  part(person: Person, now: number): void {
    for (const side of ['follows', 'followedBy'] as const) this.follow(person, side, false, now);
  }

  allow(person: Person, on: boolean, now: number): void {
    const list = this.#allowed.get(person.id) ?? [];
    const open = list.find((a) => a.to === null);
    if (on && !open) this.#allowed.set(person.id, [...list, { from: now, step: this.step, to: null }]);
    if (!on && open) open.to = now;
  }

  /** Whether somebody was put on the allow list in a step before this one, and still stands there. */
  isAllowed(person: Person): boolean {
    return (this.#allowed.get(person.id) ?? []).some((a) => a.to === null && a.step < this.step);
  }

  /** Whether somebody was one of the user's own people, or allowed, at any time since. */
  wasOwn(person: Person, since: number): boolean {
    const at = [...this.spans(person), ...(this.#allowed.get(person.id) ?? [])];
    return at.some((span) => span.to === null || span.to >= since);
  }

  held(action: Action, person: Person): Holding | undefined {
    return this.#held.get(`${action} ${person.id}`);
  }

  setHeld(action: Action, person: Person, held: Omit<Holding, 'seq'> | null): void {
    this.seq += 1;
    const at = `${action} ${person.id}`;
    if (held === null) this.#held.delete(at);
    else this.#held.set(at, { ...held, seq: this.seq });
  }

  look(person: Person): void {
    this.seq += 1;
    this.#looked.set(person.id, this.seq);
  }

  /** Whether something was there already when the network was last asked about somebody. */
  wasSeen(person: Person, { seq }: Holding): boolean {
    return seq < (this.#looked.get(person.id) ?? 0);
  }

  touch(action: Action, person: Person): void {
    this.#touched.add(`${action} ${person.id}`);
  }

  wasTouched(action: Action, person: Person): boolean {
    return this.#touched.has(`${action} ${person.id}`);
  }

  end(shieldIds: string[], action: Action, person: Person): void {
    for (const id of shieldIds) this.over.add(`${id} ${action} ${person.id}`);
  }

  refuse(shieldIds: string[], action: Action, person: Person): void {
    for (const id of shieldIds) this.refused.add(`${id} ${action} ${person.id}`);
  }
}
