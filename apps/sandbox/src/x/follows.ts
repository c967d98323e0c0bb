import { accountRef, refOf } from '../mastodon/refs.ts';
import type { Site } from '../site.ts';
import type { XPerson } from './people.ts';

export function isFollowing(site: Site, by: number, subject: number): boolean {
  const { x } = site.state;
  const birth = x.birthFollow(by);
  return x.follows.has(by, subject) || (birth !== null && accountRef(birth.index) === subject);
}

export function setFollow(site: Site, by: number, subject: number, on: boolean): void {
  if (isFollowing(site, by, subject) !== on) site.record({ t: 'x-follow', by, subject, on });
}

export function countsOf(site: Site, { ref, account }: XPerson): { followers: number; following: number } {
  const { x } = site.state;
  const born = x.birthFollow(ref) === null ? 0 : 1;
  return {
    followers: (account?.followers ?? 0) + x.follows.followers(ref).length,
    following: x.follows.following(ref).length + born,
  };
}

/** Part of a list by place, newest first, and how many places it has. People who left are still in their places. */
export type Part = { refs: number[]; size: number };

export function followersOf(site: Site, { ref, account }: XPerson, from: number, count: number): Part {
  const { x } = site.state;
  const stored = x.follows.followers(ref).toReversed();
  const computed = account?.followers ?? 0;
  const size = stored.length + computed;
  const refs: number[] = [];
  for (let at = from; at < Math.min(size, from + count); at++) {
    const edge = stored[at];
    if (edge !== undefined) refs.push(edge.ref);
    else if (account !== null) {
      const one = refOf(account.index, computed - 1 - (at - stored.length));
      if (x.birthFollow(one) !== null) refs.push(one);
    }
  }
  return { refs, size };
}

export function followingOf(site: Site, { ref }: XPerson, from: number, count: number): Part {
  const { x } = site.state;
  const birth = x.birthFollow(ref);
  const all = [
    ...x.follows
      .following(ref)
      .map((edge) => edge.ref)
      .toReversed(),
    ...(birth === null ? [] : [accountRef(birth.index)]),
  ];
  return { refs: all.slice(from, from + count), size: all.length };
}
