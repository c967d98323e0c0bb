import { FollowEdges } from '../mastodon/follow-edges.ts';
import { accountIndex, placeIn } from '../mastodon/refs.ts';
import type { XAccount, XApp, XEvent, XGrant, XList, XPost, XStatus } from './events.ts';

/** A relation that one person made: in which order, and whether by hand. */
export type Made = { order: number; hand: boolean };

/** All that is stored of X. Changed by `apply` and by nothing else. */
export class XNet {
  readonly accounts: XAccount[] = [];
  readonly byName = new Map<string, XAccount>();
  readonly follows = new FollowEdges();
  readonly posts: XPost[] = [];
  readonly lists: XList[] = [];
  readonly grants: XGrant[] = [];
  readonly byAccess = new Map<string, XGrant>();
  app: XApp = { enterprise: false, credit: null, callbacks: null };
  /** Micro-dollars by what they were charged for. */
  readonly charged = new Map<string, number>();
  readonly #paid = new Map<string, Set<string>>();
  readonly #blocks = new Map<number, Map<number, Made>>();
  readonly #mutes = new Map<number, Map<number, Made>>();
  readonly #status = new Map<number, XStatus>();
  readonly #unborn = new Set<number>();
  #order = 0;

  apply(event: XEvent): void {
    switch (event.t) {
      case 'x-accounts':
        for (const account of event.accounts) {
          this.accounts[account.index] = account;
          this.byName.set(account.username.toLowerCase(), account);
        }
        break;
      case 'x-follow':
        this.#follow(event.by, event.subject, event.on);
        break;
      case 'x-block':
        this.#relate(this.#blocks, event);
        break;
      case 'x-mute':
        this.#relate(this.#mutes, event);
        break;
      case 'x-status':
        this.#status.set(event.ref, event.status);
        break;
      case 'x-post':
        this.posts[event.post.index] = event.post;
        break;
      case 'x-list':
        this.lists[event.list.index] = event.list;
        break;
      case 'x-app':
        this.app = event.app;
        break;
      case 'x-grant':
        this.#grant(event);
        break;
      case 'x-charge':
        this.#charge(event);
        break;
    }
  }

  statusOf(ref: number): XStatus {
    return this.#status.get(ref) ?? 'active';
  }

  /** Whom somebody blocks or mutes, in the order they did. */
  held(action: 'block' | 'mute', by: number): ReadonlyMap<number, Made> {
    return (action === 'block' ? this.#blocks : this.#mutes).get(by) ?? new Map();
  }

  /** The account that somebody follows by birth, null for accounts of their own and for those who stopped. */
  birthFollow(ref: number): XAccount | null {
    if (accountIndex(ref) !== null || this.#unborn.has(ref)) return null;
    return this.accounts[placeIn(ref).crowd] ?? null;
  }

  /** Those of `resources` that were not charged for on that day. */
  unpaid(kind: string, day: string, resources: string[]): string[] {
    const paid = this.#paid.get(`${day} ${kind}`);
    return [...new Set(resources)].filter((one) => !paid?.has(one));
  }

  get spent(): number {
    return [...this.charged.values()].reduce((sum, one) => sum + one, 0);
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
  ): void {
    const made = kind.get(by) ?? new Map<number, Made>();
    kind.set(by, made);
    if (!on) made.delete(subject);
    else if (!made.has(subject)) made.set(subject, { order: ++this.#order, hand });
  }

  #grant({ t: _, ...grant }: XEvent & { t: 'x-grant' }): void {
    const before = this.grants[grant.id];
    if (before !== undefined) this.byAccess.delete(before.access);
    this.grants[grant.id] = grant;
    this.byAccess.set(grant.access, grant);
  }

  #charge({ kind, day, resources, amount }: XEvent & { t: 'x-charge' }): void {
    this.charged.set(kind, (this.charged.get(kind) ?? 0) + amount);
    const paid = this.#paid.get(`${day} ${kind}`) ?? new Set<string>();
    for (const one of resources) paid.add(one);
    this.#paid.set(`${day} ${kind}`, paid);
  }
}
