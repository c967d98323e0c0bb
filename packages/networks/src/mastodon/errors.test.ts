import { expect, test } from 'vitest';
import { AddressRefused, Unreadable } from '../http/index.ts';
import { NetworkError } from '../port.ts';
import { Refused, toNetworkError } from './errors.ts';

const now = new Date('2026-11-21T12:00:00Z');
const refused = (status: number, headers: Record<string, string> = {}, more = {}) =>
  new Refused(status, new Headers(headers), { json: true, paging: false, ...more });
const mapped = (error: unknown, write: boolean, allowed: boolean | null = true) => {
  const { problem, uncertain } = toNetworkError(error, { write, now, allowed });
  return [problem, uncertain];
};

test.each([
  [401, 'unauthorized'],
  [403, 'deactivated'],
  [404, 'not_found'],
  [410, 'not_found'],
  [429, 'limited'],
  [301, 'unauthorized'],
  [408, 'down'],
])('%i on a write that the token allows is %s, and surely nothing was done', (status, problem) => {
  expect(mapped(refused(status), true)).toEqual([problem, false]);
});

test('403 without the right in hand is a no from the owner', () => {
  expect(mapped(refused(403), true, false)).toEqual(['declined', false]);
});

test('401 to a stranger says nothing about anybody', () => {
  expect(mapped(refused(401), false, null)).toEqual(['rejected', false]);
});

test.each([502, 503, 504, 520])('a write answered %i may have happened', (status) => {
  expect(mapped(refused(status), true)).toEqual(['down', true]);
  expect(mapped(refused(status), false)).toEqual(['down', false]);
});

test('422 is a race of two writes where there is a token, and a no elsewhere', () => {
  expect(mapped(refused(422), true)).toEqual(['untyped', true]);
  expect(mapped(refused(422), false)).toEqual(['rejected', false]);
  expect(mapped(refused(422), true, null)).toEqual(['rejected', false]);
});

test('a 500 is untyped on a write, and down on a read', () => {
  expect(mapped(refused(500), true)).toEqual(['untyped', true]);
  expect(mapped(refused(500), false)).toEqual(['down', false]);
});

test.each([403, 404, 410, 422])('a page for people answered %i says nothing about the account', (status) => {
  expect(mapped(refused(status, {}, { json: false }), true)).toEqual(['down', false]);
});

test('a token is refused in JSON or not; a password that is asked for is asked by what stands before the server', () => {
  expect(mapped(refused(401, {}, { json: false }), true)).toEqual(['unauthorized', false]);
  expect(mapped(refused(401, { 'www-authenticate': 'Basic realm="x"' }, { json: false }), true)).toEqual([
    'down',
    false,
  ]);
});

test('a page for people in place of an answer to a write leaves open what happened', () => {
  expect(mapped(new Unreadable('x'), true)).toEqual(['down', true]);
  expect(mapped(new Unreadable('x'), false)).toEqual(['down', false]);
});

test.each([
  ['ECONNRESET', true],
  ['UND_ERR_ABORTED', true],
  ['ECONNREFUSED', false],
  ['ENOTFOUND', false],
])('a write lost to %s: may have happened %s', (code, uncertain) => {
  expect(mapped(Object.assign(new Error(code), { code }), true)).toEqual(['down', uncertain]);
});

test('an address that may not be called is rejected, not retried; what the gate says comes through', () => {
  expect(mapped(new AddressRefused('10.0.0.1', 'not public'), true)).toEqual(['rejected', false]);
  const limited = new NetworkError('limited', { until: now });
  expect(toNetworkError(limited, { write: true, now, allowed: true })).toBe(limited);
});

const until = (headers: Record<string, string>) =>
  toNetworkError(refused(429, headers), { write: true, now, allowed: true }).until;
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000).toISOString();

test.each([
  ['the reset', { 'x-ratelimit-reset': later(90), 'retry-after': '5' }, 90],
  ['a reset with six digits', { 'x-ratelimit-reset': later(90).replace('Z', '000Z') }, 90],
  ['retry-after without a reset', { 'retry-after': '7' }, 7],
  ['a window without either', {}, 300],
  ['an hour, when the reset is further', { 'x-ratelimit-reset': later(86_400) }, 3_600],
  ['a second, when the reset is past', { 'x-ratelimit-reset': later(-50) }, 1],
])('a limit lasts until %s', (_, headers, wait) => {
  expect(until(headers)).toEqual(new Date(now.getTime() + wait * 1_000));
});

test("a token's budget is reported, the paging limit and longer ones are not", () => {
  const headers = { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': later(60) };
  const report = (error: unknown) => toNetworkError(error, { write: true, now, allowed: true }).report;
  expect(report(refused(429, headers))).toMatchObject({ limit: 300, windowSeconds: 300, remaining: 0 });
  expect(report(refused(429, headers, { paging: true }))).toBeNull();
  expect(report(refused(429, { ...headers, 'x-ratelimit-reset': later(800) }))).toBeNull();
  expect(report(refused(429, {}))).toBeNull();
});
