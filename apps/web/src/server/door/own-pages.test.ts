import { expect, test } from 'vitest';
import { fromOwnPages } from './own-pages.ts';

const OURS = 'https://secateur.example';

function asks(method: string, headers: Record<string, string>): boolean {
  return fromOwnPages({ method, headers: new Headers(headers) }, OURS);
}

test.each<[string, Record<string, string>, boolean]>([
  ['a page of ours', { 'sec-fetch-site': 'same-origin', origin: OURS }, true],
  ['a page of ours that sends no origin', { 'sec-fetch-site': 'same-origin' }, true],
  ['an old browser on a page of ours', { origin: OURS }, true],
  ['a stranger', { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }, false],
  ['a neighbour below the same domain', { 'sec-fetch-site': 'same-site', origin: 'https://x.secateur.example' }, false],
  ['the address line', { 'sec-fetch-site': 'none' }, false],
  ['somebody without an origin', {}, false],
  ['another origin', { origin: 'https://elsewhere.example' }, false],
  ['ours without TLS', { origin: 'http://secateur.example' }, false],
  ['a frame without an origin', { origin: 'null' }, false],
  // A stranger's name that was made to lead here: to its browser that is the same origin.
  ['a rebound name', { 'sec-fetch-site': 'same-origin', origin: 'https://rebound.example' }, false],
])('a change asked by %s', (_, headers, allowed) => {
  expect(asks('POST', headers)).toBe(allowed);
});

test.each<[string, Record<string, string>, boolean]>([
  ['an old browser', {}, true],
  ['a page of ours', { 'sec-fetch-site': 'same-origin' }, true],
  ['a stranger', { 'sec-fetch-site': 'cross-site' }, false],
  ['a neighbour', { 'sec-fetch-site': 'same-site' }, false],
])('reading by %s', (_, headers, allowed) => {
  expect(asks('GET', headers)).toBe(allowed);
});
