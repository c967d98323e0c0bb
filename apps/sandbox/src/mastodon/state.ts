import { Lists } from '../state/lists.ts';
import { Posts } from '../state/posts.ts';
import type { FediAccount, FediApp, FediEvent, FediStatus, FediToken } from './events.ts';
import { FollowEdges } from './follow-edges.ts';
import { accountIndex, placeIn } from './refs.ts';

/** A relation that one person made: in which order, and whether by hand. */
export type Made = { order: number; hand: boolean; until: number | null };

/** All that is stored of the servers. Changed by `apply` and by nothing else. */
export class Fediverse {
  readonly accounts: FediAccount[] = [];
  readonly byName = new Map<string, FediAccount>();
  readonly follows = new FollowEdges();
  /** Posts and lists are numbered from 1, over all servers. */
  readonly posts = new Posts<number>();
  readonly lists = new Lists<number>();
  readonly apps = new Map<string, FediApp>();
  readonly tokens = new Map<string, FediToken>();
  readonly #blocks = new Map<number, Map<number, Made>>();
  readonly #mutes = new Map<number, Map<number, Made>>();
  readonly #status = new Map<number, FediStatus>();
  readonly #known = new Set<string>();
  readonly #knownPosts = new Set<string>();
  /** Computed followers who no longer follow whom they followed by birth. */
  readonly #unborn = new Set<number>();
  #order = 0;

  apply(event: FediEvent): void {
    switch (event.t) {
      case 'fedi-accounts':
        for (const account of event.accounts) {
          this.accounts[account.index] = account;
          this.byName.set(nameKey(account.server, account.username), account);
        }
        break;
      case 'fedi-follow':
        this.#follow(event.by, event.subject, event.on);
        break;
      case 'fedi-block':
        this.#relate(this.#blocks, event, null);
        break;
      case 'fedi-mute':
        this.#relate(this.#mutes, event, event.until);
        break;
      case 'fedi-status':
        this.#status.set(event.ref, event.status);
        break;
      case 'fedi-known':
        this.#known.add(`${event.server} ${event.ref}`);
        break;
      case 'fedi-posts':
        this.posts.apply(event.change);
        break;
      case 'fedi-lists':
        this.lists.apply(event.change);
        break;
      case 'fedi-post-known':
        this.#knownPosts.add(`${event.server} ${event.id}`);
        break;
      case 'fedi-app':
        this.apps.set(event.id, event);
        break;
      case 'fedi-token':
        this.tokens.set(event.token, event);
        break;
    }
  }

  statusOf(ref: number): FediStatus {
    return this.#status.get(ref) ?? 'active';
  }

  /** Whether a server heard of somebody who lives elsewhere. */
  isKnown(server: number, ref: number): boolean {
    return this.#known.has(`${server} ${ref}`);
  }

  /** Whether a server heard of a post that was written elsewhere. */
  knowsPost(server: number, id: string): boolean {
    return this.#knownPosts.has(`${server} ${id}`);
  }

  /** Whom somebody blocks, in the order they did. */
  blocks(by: number): ReadonlyMap<number, Made> {
    return this.#blocks.get(by) ?? new Map();
  }

  /** Whom somebody mutes at an instant: mutes with an end are over by themselves. */
  mutes(by: number, now: number): Map<number, Made> {
    return new Map([...(this.#mutes.get(by) ?? [])].filter(([, { until }]) => until === null || until > now));
  }

  isMuting(by: number, subject: number, now: number): boolean {
    const made = this.#mutes.get(by)?.get(subject);
    return made !== undefined && (made.until === null || made.until > now);
  }

  /** The account that somebody follows by birth, null for accounts of their own and for those who stopped. */
  birthFollow(ref: number): FediAccount | null {
    if (accountIndex(ref) !== null || this.#unborn.has(ref)) return null;
    return this.accounts[placeIn(ref).crowd] ?? null;
  }

  #follow(by: number, subject: number, on: boolean): void {
    const born = accountIndex(by) === null && accountIndex(subject) === placeIn(by).crowd;
    if (born && on) this.#unborn.delete(by);
    else if (born) this.#unborn.add(by);
    else if (on) this.follows.add(by, subject);
    else this.follows.remove(by, subject);
  }

  #relate(
    kind: Map<number, Map<number, Made>>,
    { by, subject, on, hand }: { by: number; subject: number; on: boolean; hand: boolean },
    until: number | null,
  ): void {
    const made = kind.get(by) ?? new Map<number, Made>();
    kind.set(by, made);
    if (!on) made.delete(subject);
    else made.set(subject, { order: made.get(subject)?.order ?? ++this.#order, hand, until });
  }
}

export function nameKey(server: number, username: string): string {
  return `${server} ${username.toLowerCase()}`;
}
