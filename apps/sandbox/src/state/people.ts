import { tidAt } from '../ids/tid.ts';
import type { Counts } from '../world/world.ts';
import type { Account, Status } from './events.ts';
import type { State } from './state.ts';

/** Anybody, stored or computed, as they are now. */
export type Person = {
  did: string;
  handle: string;
  displayName: string | null;
  status: Status;
  account: Account | null;
};

/** The person with this DID, whatever their status, null when there never was one. */
export function personByDid(state: State, did: string): Person | null {
  const account = state.accountByDid.get(did);
  if (account !== undefined) {
    const status = state.storedStatus(did) ?? 'active';
    return { did, handle: account.handle, displayName: account.displayName, status, account };
  }
  const place = state.world.placeOf(did);
  if (place === null || place.index >= (state.accounts[place.crowd]?.followers ?? 0)) return null;
  const status = state.storedStatus(did) ?? (state.world.isAway(place) ? 'deactivated' : 'active');
  const { world } = state;
  return { did, handle: world.handleOf(place), displayName: world.displayNameOf(place), status, account: null };
}

/** The person whom a handle or a DID names. */
export function personByName(state: State, name: string): Person | null {
  const did = didByName(state, name);
  return did === null ? null : personByDid(state, did);
}

function didByName(state: State, name: string): string | null {
  if (name.startsWith('did:')) return name;
  const handle = name.toLowerCase();
  const account = state.accountByHandle.get(handle);
  if (account !== undefined) return account.did;
  const place = state.world.placeOfHandle(handle);
  return place === null ? null : state.world.didOf(place.crowd, place.index);
}

/** The account that a computed person follows by birth, null for others and for those who stopped. */
export function birthFollow(state: State, did: string): Account | null {
  if (state.accountByDid.has(did) || state.hasUnfollowed(did)) return null;
  const place = state.world.placeOf(did);
  const account = place === null ? undefined : state.accounts[place.crowd];
  return place === null || account === undefined || place.index >= account.followers ? null : account;
}

/** The key of the record by which one follows the other, null when not. Follows by birth all have the same. */
export function followKey(state: State, follower: string, subject: string): string | null {
  const key = state.repo(follower).follows.keyFor(subject);
  if (key !== undefined) return key;
  return birthFollow(state, follower)?.did === subject ? BIRTH_KEY : null;
}

/** A TID of 2025-01-01: computed people followed before anything else happened. */
const BIRTH_KEY = tidAt(1_735_689_600_000_000, 0);

export function countsOf(state: State, person: Person): Counts {
  const stored = state.repo(person.did).follows.size;
  const by = state.followIndex.count(person.did);
  if (person.account !== null) return { followers: person.account.followers + by, follows: stored, posts: 0 };
  const place = state.world.placeOf(person.did);
  return place === null ? { followers: by, follows: stored, posts: 0 } : state.world.countsOf(place);
}
