import { XRPCError } from '@atproto/xrpc';
import { expect, test } from 'vitest';
import { AddressRefused } from '../http/index.ts';
import { NetworkError } from '../port.ts';
import { toNetworkError } from './errors.ts';

const now = new Date('2026-11-21T12:00:00Z');
const mapped = (error: unknown, write: boolean) => {
  const { problem, uncertain } = toNetworkError(error, { write, now });
  return [problem, uncertain];
};
const transport = (code: string) => XRPCError.from(Object.assign(new Error(code), { code }));

test.each([
  ['AccountDeactivated', 400, 'deactivated'],
  ['AccountDeactivated', 401, 'deactivated'],
  ['AccountTakedown', 401, 'suspended'],
  ['AuthFactorTokenRequired', 401, 'second_factor'],
  ['AuthenticationRequired', 401, 'unauthorized'],
  ['InvalidToken', 400, 'unauthorized'],
  ['ExpiredToken', 400, 'unauthorized'],
  ['ScopeMissingError', 403, 'declined'],
  ['InvalidSwap', 400, 'fenced'],
  ['RateLimitExceeded', 429, 'limited'],
  ['InvalidRequest', 400, 'rejected'],
  ['PayloadTooLarge', 413, 'rejected'],
])('%s (%i) is %s, and surely nothing was written', (name, status, problem) => {
  expect(mapped(new XRPCError(status, name), true)).toEqual([problem, false]);
});

test.each(['Profile not found', 'Actor not found: did:plc:x', 'Unable to resolve handle'])('%s', (message) => {
  expect(mapped(new XRPCError(400, 'InvalidRequest', message), false)).toEqual(['not_found', false]);
});

test('a 500 without a name of its own is untyped on a write, and down on a read', () => {
  expect(mapped(new XRPCError(500, 'InternalServerError'), true)).toEqual(['untyped', true]);
  expect(mapped(new XRPCError(500, 'InternalServerError'), false)).toEqual(['down', false]);
});

test.each([502, 503, 504])('a write answered %i may have happened', (status) => {
  expect(mapped(new XRPCError(status), true)).toEqual(['down', true]);
  expect(mapped(new XRPCError(status), false)).toEqual(['down', false]);
});

test.each(['ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_ABORTED'])('a write lost to %s may have happened', (code) => {
  expect(mapped(transport(code), true)).toEqual(['down', true]);
});

test.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'])('a write refused by %s did not', (code) => {
  expect(mapped(transport(code), true)).toEqual(['down', false]);
});

test('an address that may not be called is rejected, not retried', () => {
  expect(mapped(XRPCError.from(new AddressRefused('10.0.0.1', 'not public')), true)).toEqual(['rejected', false]);
});

test('what the gate says comes through unchanged', () => {
  const limited = new NetworkError('limited', { until: now });
  expect(toNetworkError(XRPCError.from(limited), { write: true, now })).toBe(limited);
});

const until = (headers: Record<string, string>) =>
  toNetworkError(new XRPCError(429, 'RateLimitExceeded', undefined, headers), { write: true, now }).until;
const seconds = (after: number) => String(now.getTime() / 1_000 + after);

test.each([
  ['the reset', { 'ratelimit-reset': seconds(90), 'retry-after': '5' }, 90],
  ['retry-after without a reset', { 'retry-after': '7' }, 7],
  ['a window of the host without either', {}, 300],
  ['a day, when the reset is further', { 'ratelimit-reset': seconds(10 * 86_400) }, 86_400],
  ['a second, when the reset is past', { 'ratelimit-reset': seconds(-50) }, 1],
])('a limit lasts until %s', (_, headers, wait) => {
  expect(until(headers)).toEqual(new Date(now.getTime() + wait * 1_000));
});

test("a refused account budget is reported, a refused host's is not", () => {
  const headers = { 'ratelimit-limit': '5000', 'ratelimit-remaining': '0', 'ratelimit-reset': seconds(60) };
  const report = (policy: string) =>
    toNetworkError(new XRPCError(429, undefined, undefined, { ...headers, 'ratelimit-policy': policy }), {
      write: true,
      now,
    }).report;
  expect(report('5000;w=3600')).toMatchObject({ limit: 5_000, remaining: 0 });
  expect(report('3000;w=300')).toBeNull();
});
