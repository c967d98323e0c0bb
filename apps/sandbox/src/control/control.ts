import type { Fault, NewFault } from '../faults/fault.ts';
import type { FediControl } from '../mastodon/control.ts';
import type { Totals } from '../state/counters.ts';
import type { Collection, GrantRow } from '../state/events.ts';
import type { XControl } from '../x/control.ts';
import type { Command, NewAccount } from './command.ts';
import type { ListInfo, PostInfo } from './post-control.ts';
import type { AccountView, ClockView, PersonView, RepoView, SiteView, WritesView } from './views.ts';

/**
 * The sandbox behind the scenes: what no network offers. The same whether the sandbox runs in this process or in another.
 * Names of people are handles, DIDs, or "handle#17" for an account's computed follower number 17.
 */
export type SandboxControl = {
  /** Carries out commands one after the other. Throws CommandError at the first that can't be; those before it stay done. */
  perform(...commands: Command[]): Promise<void>;
  /** Adds accounts and returns them in the same order. */
  addAccounts(accounts: NewAccount[]): Promise<AccountView[]>;
  /** Everything at a glance, without records. */
  state(): Promise<SiteView>;
  /** Null where nobody has that name. */
  person(name: string): Promise<PersonView | null>;
  /** An account's computed followers numbered `from` to `from + count - 1`, whatever their status. */
  followers(account: string, from: number, count: number): Promise<PersonView[]>;
  /** The records of one person, or of every account. */
  records(collection: Collection, account?: string): Promise<RepoView[]>;
  /** Every post that is there, oldest first. */
  posts(): Promise<PostInfo[]>;
  /** Every list and starter pack, oldest first. */
  lists(): Promise<ListInfo[]>;
  /** DIDs that the account mutes. */
  mutes(account: string): Promise<string[]>;
  /** What an account lets apps do, ended ones included; with the tokens, which only a test should see. */
  grants(account: string): Promise<GrantRow[]>;
  counters(): Promise<Totals>;
  /** Per account and subject, since the counters were last cleared. */
  writes(account?: string): Promise<WritesView[]>;
  clock(): Promise<ClockView>;
  /** Moves the clock forward, or back. */
  advance(ms: number): Promise<ClockView>;
  addFault(fault: NewFault): Promise<Fault>;
  faults(): Promise<Fault[]>;
  clearFaults(): Promise<void>;
  removeFault(id: number): Promise<void>;
  readonly fediverse: FediControl;
  readonly x: XControl;
  /** Back to the world that it started with; sessions, faults, counters and the clock's offset are gone. */
  reset(): Promise<void>;
};
