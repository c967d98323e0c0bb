import { tidAt } from '../ids/tid.ts';
import { Fediverse } from '../mastodon/state.ts';
import type { Client } from '../oauth/clients.ts';
import { World } from '../world/world.ts';
import { isXEvent } from '../x/events.ts';
import { XNet } from '../x/state.ts';
import { type Account, BLOCK, FOLLOW, type GrantRow, type StateEvent, type Status } from './events.ts';
import { FollowIndex } from './follow-index.ts';
import { Lists } from './lists.ts';
import { Posts } from './posts.ts';
import { Repo } from './repo.ts';

export type Session = { id: string; did: string; refresh: string | null; dead: boolean };

/** A grant with the refresh tokens that it had before. */
export type Grant = GrantRow & { spent: ReadonlySet<string> };

/** The revision that every repository starts from: 2026-01-01. */
const FIRST_REV = tidAt(1_767_225_600_000_000, 0);

/** All that is stored. Changed by `apply` and by nothing else, so that a journal of events brings it back. */
export class State {
  world = new World('');
  /** Signs tokens; kept so that they outlive a restart. */
  secret = '';
  offsetMs = 0;
  limits = true;
  readonly accounts: Account[] = [];
  readonly accountByDid = new Map<string, Account>();
  readonly accountByHandle = new Map<string, Account>();
  readonly followIndex = new FollowIndex();
  readonly sessions = new Map<string, Session>();
  readonly grants = new Map<string, Grant>();
  readonly clients = new Map<string, Client>();
  readonly posts = new Posts<string>();
  readonly lists = new Lists<string>();
  readonly fediverse = new Fediverse();
  readonly x = new XNet();
  readonly #repos = new Map<string, Repo>();
  readonly #mutes = new Map<string, Set<string>>();
  readonly #status = new Map<string, Status>();
  readonly #unfollowed = new Set<string>();

  apply(event: StateEvent): void {
    switch (event.t) {
      case 'world':
        this.world = new World(event.seed);
        this.secret = event.secret;
        break;
      case 'accounts':
        for (const account of event.accounts) this.#addAccount(account);
        break;
      case 'commit':
        this.#commit(event);
        break;
      case 'birth-follow':
        if (event.on) this.#unfollowed.delete(event.did);
        else this.#unfollowed.add(event.did);
        break;
      case 'mute':
        if (event.on) this.#mutesFor(event.did).add(event.subject);
        else this.#mutesFor(event.did).delete(event.subject);
        break;
      case 'status':
        this.#status.set(event.did, event.status);
        break;
      case 'rename':
        this.#rename(event.did, event.handle);
        break;
      case 'session':
        this.sessions.set(event.id, { id: event.id, did: event.did, refresh: event.refresh, dead: event.dead });
        break;
      case 'grant':
        this.#grant(event);
        break;
      case 'client':
        this.clients.set(event.id, event);
        break;
      case 'posts':
        this.posts.apply(event.change);
        break;
      case 'lists':
        this.lists.apply(event.change);
        break;
      case 'clock':
        this.offsetMs = event.offsetMs;
        break;
      case 'limits':
        this.limits = event.on;
        break;
      default:
        if (isXEvent(event)) this.x.apply(event);
        else this.fediverse.apply(event);
    }
  }

  /** The repository of anybody; of somebody who never wrote anything, an empty one. */
  repo(did: string): Repo {
    return this.#repos.get(did) ?? new Repo(did, FIRST_REV);
  }

  mutes(did: string): ReadonlySet<string> {
    return this.#mutes.get(did) ?? new Set();
  }

  /** What was set for this DID, undefined where nothing was. */
  storedStatus(did: string): Status | undefined {
    return this.#status.get(did);
  }

  /** Whether a computed follower stopped following the account they follow by birth. */
  hasUnfollowed(did: string): boolean {
    return this.#unfollowed.has(did);
  }

  blocks(by: string, subject: string): boolean {
    return this.#repos.get(by)?.blocks.keyFor(subject) !== undefined;
  }

  #addAccount(account: Account): void {
    this.accounts[account.index] = account;
    this.accountByDid.set(account.did, account);
    this.accountByHandle.set(account.handle, account);
  }

  #grant({ t: _, ...grant }: StateEvent & { t: 'grant' }): void {
    const before = this.grants.get(grant.id);
    const spent = new Set(before?.spent);
    if (before !== undefined && before.refresh !== grant.refresh) spent.add(before.refresh);
    this.grants.set(grant.id, { ...grant, spent });
  }

  #rename(did: string, handle: string): void {
    const account = this.accountByDid.get(did);
    if (account === undefined) return;
    this.accountByHandle.delete(account.handle);
    account.handle = handle;
    this.accountByHandle.set(handle, account);
  }

  #commit(event: StateEvent & { t: 'commit' }): void {
    let repo = this.#repos.get(event.did);
    if (repo === undefined) {
      repo = new Repo(event.did, FIRST_REV);
      this.#repos.set(event.did, repo);
    }
    repo.rev = event.rev;
    for (const change of event.changes) {
      const records = change[1] === BLOCK ? repo.blocks : repo.follows;
      if (change[0] === 'c') {
        if (change[1] === FOLLOW && records.keyFor(change[3]) === undefined) this.followIndex.add(change[3], event.did);
        records.create(change[2], change[3], change[4], event.hand);
      } else {
        const gone = records.delete(change[2]);
        if (gone !== undefined && change[1] === FOLLOW && records.keyFor(gone.subject) === undefined)
          this.followIndex.remove(gone.subject, event.did);
      }
    }
  }

  #mutesFor(did: string): Set<string> {
    let set = this.#mutes.get(did);
    if (set === undefined) {
      set = new Set();
      this.#mutes.set(did, set);
    }
    return set;
  }
}
