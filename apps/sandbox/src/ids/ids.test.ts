import { isValidTid } from '@atproto/syntax';
import { expect, test } from 'vitest';
import { cidOf } from './cid.ts';
import { tidAt, tidMaker } from './tid.ts';

/** Reads base32 strictly: bits left over at the end must be zero. */
function bytesOf(base32: string): number[] {
  const bytes: number[] = [];
  let bits = 0n;
  let count = 0;
  for (const letter of base32) {
    bits = (bits << 5n) | BigInt('abcdefghijklmnopqrstuvwxyz234567'.indexOf(letter));
    count += 5;
    if (count >= 8) {
      count -= 8;
      bytes.push(Number((bits >> BigInt(count)) & 255n));
      bits &= (1n << BigInt(count)) - 1n;
    }
  }
  expect(bits).toBe(0n);
  return bytes;
}

test('a content id is version 1, dag-cbor, with a SHA-256 of 32 bytes', () => {
  for (let i = 0; i < 500; i++) {
    const cid = cidOf(`content ${i}`);
    expect(cid).toMatch(/^bafyrei[a-z2-7]{52}$/);
    const bytes = bytesOf(cid.slice(1));
    expect(bytes.slice(0, 4)).toEqual([0x01, 0x71, 0x12, 0x20]);
    expect(bytes).toHaveLength(36);
  }
});

test('equal content has an equal id, other content another', () => {
  expect(cidOf('a')).toBe(cidOf('a'));
  expect(new Set(Array.from({ length: 50_000 }, (_, i) => cidOf(String(i)))).size).toBe(50_000);
});

test('keys made by the server are valid and ascend', () => {
  const next = tidMaker(31);
  const made = Array.from({ length: 5_000 }, next);
  expect(made.every(isValidTid)).toBe(true);
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(5_000);
});

test('a key sorts by its instant, whoever wrote it', () => {
  const at = 1_795_000_000_000_000;
  expect(tidAt(at, 1_023) < tidAt(at + 1, 0)).toBe(true);
  expect(tidAt(0, 0)).toBe('2222222222222');
});
