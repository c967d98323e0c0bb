import type { Site } from '../site.ts';
import { type FediPerson, isKnown, personByRef } from './people.ts';
import { accountIndex, accountRef, refOf } from './refs.ts';
import type { Server } from './servers.ts';

export function isFollowing(site: Site, by: number, subject: number): boolean {
  const { fediverse } = site.state;
  const birth = fediverse.birthFollow(by);
  return fediverse.follows.has(by, subject) || (birth !== null && accountRef(birth.index) === subject);
}

/** Makes or ends a follow; both servers hear of both people. */
export function setFollow(site: Site, by: number, subject: number, on: boolean): void {
  if (isFollowing(site, by, subject) === on) return;
  const [one, other] = [personByRef(site, by), personByRef(site, subject)];
  if (one === null || other === null) return;
  site.record({ t: 'fedi-follow', by, subject, on });
  for (const [server, person] of [
    [one.server, other],
    [other.server, one],
  ] as const)
    if (!isKnown(site, server, person)) site.record({ t: 'fedi-known', server: server.index, ref: person.ref });
}

export function countsOf(site: Site, { ref, account }: FediPerson): { followers: number; following: number } {
  const { fediverse } = site.state;
  const born = fediverse.birthFollow(ref) === null ? 0 : 1;
  return {
    followers: (account?.followers ?? 0) + fediverse.follows.followers(ref).length,
    following: fediverse.follows.following(ref).length + born,
  };
}

/** Ids of follows grow with time: computed ones are older than all that are stored. */
const STORED = 2 ** 31;

/** One follow in a list: its id, and who stands at the other end. */
export type Listed = { id: number; ref: number };

/** Followers of somebody, newest first, from those whose follow is older than `before`. */
export function* followersOf(site: Site, person: FediPerson, before: number): Generator<Listed> {
  const stored = site.state.fediverse.follows.followers(person.ref);
  for (const { order, ref } of stored.toReversed()) if (STORED + order < before) yield { id: STORED + order, ref };
  const crowd = accountIndex(person.ref);
  const computed = person.account?.followers ?? 0;
  if (crowd === null) return;
  for (let i = Math.min(computed, before - 1) - 1; i >= 0; i--) {
    const ref = refOf(crowd, i);
    if (site.state.fediverse.birthFollow(ref) !== null) yield { id: i + 1, ref };
  }
}

/** Whom somebody follows, likewise. */
export function* followingOf(site: Site, person: FediPerson, before: number): Generator<Listed> {
  const { fediverse } = site.state;
  const stored = fediverse.follows.following(person.ref);
  for (const { order, ref } of stored.toReversed()) if (STORED + order < before) yield { id: STORED + order, ref };
  const birth = fediverse.birthFollow(person.ref);
  if (birth !== null && before > 1) yield { id: 1, ref: accountRef(birth.index) };
}

/** Whether a server can show somebody in a list of another's: the home of that other knows everybody in it. */
export function isShown(site: Site, server: Server, listOf: FediPerson, person: FediPerson): boolean {
  if (person.status === 'suspended' || person.status === 'deleted') return false;
  return listOf.server.index === server.index || isKnown(site, server, person);
}
