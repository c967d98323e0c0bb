import { DidCipher, type Place } from './did-cipher.ts';
import { hashText, mix } from './mix.ts';
import { GIVEN_NAMES, QUALITIES, THINGS } from './words.ts';

/** The crowd number under which accounts of their own are kept; computed people never have it. */
const ACCOUNTS = 0x3fff_ffff;
const HANDLE_ENDING = '.sandbox.test';
const HANDLE = /^([a-z]+)-([a-z]+)-(0|[1-9][0-9]{0,8})-(0|[1-9][0-9]{0,8})\.sandbox\.test$/;
/** One computed person in this many has put their account away. */
const AWAY_ONE_IN = 150;
/** Members of a crowd that nobody put away. */
const SMALL = 100;
/** One page in this many is empty though the list goes on, as the real AppView's may be (networks facts, 2.2). */
const EMPTY_ONE_IN = 12;

export type Counts = { followers: number; follows: number; posts: number };

/**
 * Everybody who is computed and not stored. Pure functions of (seed, crowd, index): five million followers take no
 * memory, and any of them can be named, found by DID or handle, and described in the same few nanoseconds.
 */
export class World {
  readonly seed: string;
  readonly #cipher: DidCipher;
  readonly #salt: number;

  constructor(seed: string) {
    this.seed = seed;
    this.#cipher = new DidCipher(seed);
    this.#salt = hashText(seed, 1);
  }

  /** The DID of follower `index` of account number `crowd`. */
  didOf(crowd: number, index: number): string {
    return this.#cipher.encode(crowd, index);
  }

  /** The DID of account number `index`. */
  accountDid(index: number): string {
    return this.#cipher.encode(ACCOUNTS, index);
  }

  /** Which computed person a DID belongs to, null when to none. Whether the crowd is that large is not known here. */
  placeOf(did: string): Place | null {
    const place = this.#cipher.decode(did);
    return place === null || place.crowd === ACCOUNTS ? null : place;
  }

  handleOf({ crowd, index }: Place): string {
    const h = this.#number(crowd, index, 1);
    return `${word(QUALITIES, h)}-${word(THINGS, h >>> 12)}-${crowd}-${index}${HANDLE_ENDING}`;
  }

  placeOfHandle(handle: string): Place | null {
    const [, , , crowd, index] = HANDLE.exec(handle) ?? [];
    if (crowd === undefined || index === undefined) return null;
    const place = { crowd: Number(crowd), index: Number(index) };
    return this.handleOf(place) === handle ? place : null;
  }

  /** Null for the few who never set one. */
  displayNameOf({ crowd, index }: Place): string | null {
    const h = this.#number(crowd, index, 2);
    if (h % 11 === 0) return null;
    const given = word(GIVEN_NAMES, h >>> 8);
    const thing = word(THINGS, h >>> 16);
    return h % 3 === 0 ? given : `${given} ${thing.charAt(0).toUpperCase()}${thing.slice(1)}`;
  }

  /** Plausible numbers for a profile page; not the lengths of lists. */
  countsOf({ crowd, index }: Place): Counts {
    const h = this.#number(crowd, index, 3);
    return { followers: (h & 0xff) * ((h >>> 8) & 7), follows: 20 + ((h >>> 12) & 0x1ff), posts: (h >>> 16) & 0xfff };
  }

  /** Whether this person's account was put away before the world began. None of the first in a crowd: small ones are whole. */
  isAway({ crowd, index }: Place): boolean {
    return index >= SMALL && this.#number(crowd, index, 4) % AWAY_ONE_IN === 0;
  }

  /** Whether the page of a crowd's list that begins at `index` comes empty first. */
  isPageEmpty(crowd: number, index: number): boolean {
    return this.#number(crowd, index, 5) % EMPTY_ONE_IN === 0;
  }

  #number(crowd: number, index: number, use: number): number {
    return mix(mix(mix(this.#salt + use) ^ crowd) ^ index);
  }
}

function word(list: string[], at: number): string {
  return list[at % list.length] ?? '';
}
