import { createHash } from 'node:crypto';
import { mix } from './mix.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const PREFIX = 'did:plc:';
const ROUNDS = 10;
const WORD = 0x3fff_ffff;
const CODES = Buffer.from(ALPHABET, 'latin1');
const VALUES = new Int8Array(128).fill(-1);
for (const [value, letter] of [...ALPHABET].entries()) VALUES[letter.charCodeAt(0)] = value;

/** Where a person stands in a world: the account they follow by birth, and their place among its followers. */
export type Place = { crowd: number; index: number };

/**
 * Turns a place into a DID and back without a table. A did:plc is 24 letters of 5 bits, which is four words of 30: two hold the place, two
 * are zero, and ten Feistel rounds keyed by the seed scramble them. Going back, the zeros tell a DID of this world from
 * any other, wrongly once in 2^60.
 */
export class DidCipher {
  readonly #keys: Uint32Array;
  readonly #out = Buffer.alloc(PREFIX.length + 24, PREFIX);
  readonly #words = new Uint32Array(4);

  constructor(seed: string) {
    const digest = (part: string) => createHash('sha256').update(`did ${part} ${seed}`).digest();
    const bytes = Buffer.concat([digest('a'), digest('b'), digest('c')]);
    this.#keys = Uint32Array.from({ length: ROUNDS * 2 }, (_, i) => bytes.readUInt32LE(i * 4));
  }

  /** `crowd` and `index` are whole numbers below 2^30. */
  encode(crowd: number, index: number): string {
    let a = crowd;
    let b = index;
    let c = 0;
    let d = 0;
    for (let r = 0; r < ROUNDS; r++) {
      const x = (a ^ mix(b ^ this.#key(2 * r))) & WORD;
      const y = (c ^ mix(d ^ this.#key(2 * r + 1))) & WORD;
      a = b;
      b = y;
      c = d;
      d = x;
    }
    const words = [a, b, c, d];
    let at = PREFIX.length;
    for (const word of words) {
      for (let shift = 25; shift >= 0; shift -= 5) this.#out[at++] = CODES[(word >>> shift) & 31] ?? 0;
    }
    return this.#out.toString('latin1');
  }

  /** The place that a DID of this world stands for, null for any other text. */
  decode(did: string): Place | null {
    if (did.length !== 32 || !did.startsWith(PREFIX)) return null;
    for (let w = 0; w < 4; w++) {
      let word = 0;
      for (let i = 0; i < 6; i++) {
        const value = VALUES[did.charCodeAt(PREFIX.length + w * 6 + i)] ?? -1;
        if (value < 0) return null;
        word = (word << 5) | value;
      }
      this.#words[w] = word;
    }
    let [a = 0, b = 0, c = 0, d = 0] = this.#words;
    for (let r = ROUNDS - 1; r >= 0; r--) {
      const x = (d ^ mix(a ^ this.#key(2 * r))) & WORD;
      const y = (b ^ mix(c ^ this.#key(2 * r + 1))) & WORD;
      b = a;
      a = x;
      d = c;
      c = y;
    }
    return c === 0 && d === 0 ? { crowd: a, index: b } : null;
  }

  #key(i: number): number {
    return this.#keys[i] ?? 0;
  }
}
