import { isValidDid } from '@atproto/syntax';
import { expect, test } from 'vitest';
import { DidCipher } from './did-cipher.ts';
import { randomFrom } from './mix.ts';

const cipher = new DidCipher('seed');

test('a place comes back from its DID', () => {
  const random = randomFrom(1);
  for (let i = 0; i < 5_000; i++) {
    const place = { crowd: Math.floor(random() * 2 ** 30), index: Math.floor(random() * 2 ** 30) };
    expect(cipher.decode(cipher.encode(place.crowd, place.index))).toEqual(place);
  }
});

test('DIDs are well formed, never the same twice, and look unrelated', () => {
  const dids = Array.from({ length: 20_000 }, (_, i) => cipher.encode(3, i));
  expect(new Set(dids).size).toBe(20_000);
  expect(dids.every((did) => isValidDid(did) && /^did:plc:[a-z2-7]{24}$/.test(did))).toBe(true);
  const starts = new Set(dids.slice(0, 1_000).map((did) => did.slice(8, 12)));
  expect(starts.size).toBeGreaterThan(950);
});

test('the same seed gives the same people, another seed gives others', () => {
  expect(new DidCipher('seed').encode(1, 2)).toBe(cipher.encode(1, 2));
  expect(new DidCipher('other').encode(1, 2)).not.toBe(cipher.encode(1, 2));
});

test.each([
  'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa',
  'did:plc:z72i7hdynmk6r22z27h6tvur',
  'did:plc:short',
  'did:web:example.com.and.some.more.xx',
  'did:plc:0189aaaaaaaaaaaaaaaaaaaa',
  new DidCipher('other').encode(1, 2),
])('%s is nobody of this world', (did) => {
  expect(cipher.decode(did)).toBeNull();
});
