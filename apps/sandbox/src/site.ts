import { SandboxClock } from './clock.ts';
import { Faults } from './faults/faults.ts';
import { tidMaker } from './ids/tid.ts';
import { Limits } from './limits/limits.ts';
import { FediLimits } from './mastodon/limits.ts';
import { Counters } from './state/counters.ts';
import type { Change, StateEvent } from './state/events.ts';
import type { Journal } from './state/journal.ts';
import { RecentRequests } from './state/recent.ts';
import { State } from './state/state.ts';
import { XLimits } from './x/limits.ts';

/** One pretend network: what it stores, what it counts, what goes wrong on it, and its time. */
export class Site {
  /** Where it is reached, without a slash at the end. Known once it listens. */
  origin = '';
  /** Where each of the servers that speak Mastodon's API is reached, likewise. */
  servers: string[] = [];
  state = new State();
  readonly clock: SandboxClock;
  readonly limits = new Limits();
  readonly fediLimits = new FediLimits();
  readonly xLimits = new XLimits();
  readonly faults = new Faults();
  readonly counters = new Counters();
  readonly recent = new RecentRequests();
  /** Keys and revisions that the server makes itself, in real time as on the real one. */
  readonly newTid = tidMaker(31);
  readonly #journal: Journal;

  constructor(time: () => number, journal: Journal) {
    this.clock = new SandboxClock(time);
    this.#journal = journal;
  }

  /** Makes something so, and keeps it. */
  record(event: StateEvent): void {
    this.#journal.append(event);
    this.restore(event);
  }

  /** Makes something so that was kept before. */
  restore(event: StateEvent): void {
    this.state.apply(event);
    this.clock.offsetMs = this.state.offsetMs;
  }

  /** Writes one commit and returns its revision. The changes must be possible. */
  commit(did: string, changes: Change[], hand: boolean): string {
    const rev = this.newTid();
    this.record({ t: 'commit', did, rev, changes, hand });
    return rev;
  }

  /** Forgets all that was stored and counted. The clock is back at the machine's time. */
  forget(): void {
    this.#journal.clear();
    this.state = new State();
    this.clock.offsetMs = 0;
    this.limits.clear();
    this.fediLimits.clear();
    this.xLimits.clear();
    this.faults.clear();
    this.counters.clear();
    this.recent.clear();
  }

  close(): void {
    this.#journal.close();
  }
}
