import { accountIndex, accountRef, placeIn, refOf } from '../mastodon/refs.ts';
import type { Site } from '../site.ts';
import type { XAccount, XStatus } from './events.ts';

/** Computed people of X are others than those of the rest of the world: their crowds are numbered from here. */
const CROWDS = 1 << 21;
/** Ids look like the real ones. */
const FIRST = 1_400_000_000_000_000_000n;
const ID = /^1[4-9][0-9]{17}$/;
const COMPUTED = /^p_([0-9a-z]{1,12})$/;

/** Anybody, stored or computed, as they are now. */
export type XPerson = {
  ref: number;
  id: string;
  username: string;
  name: string;
  status: XStatus;
  account: XAccount | null;
};

/** Null when there never was anybody with this number. */
export function personByRef(site: Site, ref: number): XPerson | null {
  const { x, world } = site.state;
  const own = accountIndex(ref);
  const base = { ref, id: idOf(ref), status: x.statusOf(ref) };
  if (own !== null) {
    const account = x.accounts[own];
    return account === undefined
      ? null
      : { ...base, username: account.username, name: account.name ?? account.username, account };
  }
  const { crowd, index } = placeIn(ref);
  if (index >= (x.accounts[crowd]?.followers ?? 0)) return null;
  const username = `p_${ref.toString(36)}`;
  return { ...base, username, name: world.displayNameOf({ crowd: CROWDS + crowd, index }) ?? username, account: null };
}

/** Names are the same in any case. */
export function personByUsername(site: Site, username: string): XPerson | null {
  const account = site.state.x.byName.get(username.toLowerCase());
  if (account !== undefined) return personByRef(site, accountRef(account.index));
  const ref = COMPUTED.exec(username.toLowerCase())?.[1];
  return ref === undefined ? null : personByRef(site, Number.parseInt(ref, 36));
}

export function personById(site: Site, id: string): XPerson | null {
  return ID.test(id) ? personByRef(site, Number(BigInt(id) - FIRST)) : null;
}

export function idOf(ref: number): string {
  return String(FIRST + BigInt(ref));
}

/** The computed follower of an account with this number, null where it has fewer. */
export function followerOf(site: Site, person: XPerson, index: number): XPerson | null {
  if (person.account === null || !Number.isInteger(index) || index < 0) return null;
  return personByRef(site, refOf(person.account.index, index));
}
