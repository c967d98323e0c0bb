import { expect, test } from 'vitest';
import { isOurOwn } from './own-request.ts';

const OURS = 'https://secateur.example';
const JSON_BODY = 'application/json';

function post(headers: Record<string, string>): Request {
  return new Request(`${OURS}/api/trpc/shields.raise`, { method: 'POST', headers, body: '{}' });
}

test.each<[string, Record<string, string>, boolean]>([
  ['a page of ours', { 'sec-fetch-site': 'same-origin', 'content-type': JSON_BODY }, true],
  ['an old browser on a page of ours', { origin: OURS, 'content-type': 'application/json; charset=utf-8' }, true],
  ['a stranger', { 'sec-fetch-site': 'cross-site', 'content-type': JSON_BODY }, false],
  ['a neighbour below the same domain', { 'sec-fetch-site': 'same-site', 'content-type': JSON_BODY }, false],
  ['somebody without an origin', { 'content-type': JSON_BODY }, false],
  ['another origin', { origin: 'https://elsewhere.example', 'content-type': JSON_BODY }, false],
  ['a form', { 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data; boundary=x' }, false],
  ['a plain text form', { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' }, false],
])('a change asked by %s', (_, headers, allowed) => {
  expect(isOurOwn(post(headers), OURS)).toBe(allowed);
});

test('reading is for our own pages too', () => {
  const read = (headers: Record<string, string>) => isOurOwn(new Request(`${OURS}/api/trpc/x`, { headers }), OURS);
  expect([read({}), read({ 'sec-fetch-site': 'same-origin' }), read({ 'sec-fetch-site': 'cross-site' })]).toEqual([
    true,
    true,
    false,
  ]);
});
