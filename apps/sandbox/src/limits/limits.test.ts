import { expect, test } from 'vitest';
import { Limits, tightest } from './limits.ts';
import { POLICIES } from './policies.ts';
import { Windows } from './windows.ts';

const HOUR = 3_600_000;

test('a window opens with its first use and is full again when it ends', () => {
  const windows = new Windows(POLICIES.writesHour);
  expect(windows.use('did', 600, 1_000)).toMatchObject({ remaining: 4_400, resetAt: 1_000 + HOUR, exceeded: false });
  expect(windows.use('did', 600, HOUR)).toMatchObject({ remaining: 3_800, resetAt: 1_000 + HOUR });
  expect(windows.use('did', 600, 1_000 + HOUR)).toMatchObject({ remaining: 4_400, resetAt: 1_000 + 2 * HOUR });
});

test('a use beyond the limit is refused and eats all that was left', () => {
  const windows = new Windows(POLICIES.writesHour);
  windows.use('did', 4_848, 0);
  expect(windows.use('did', 600, 0)).toMatchObject({ exceeded: true, remaining: 0 });
  expect(windows.use('did', 1, 0)).toMatchObject({ exceeded: true });
  expect(windows.use('another', 1, 0)).toMatchObject({ exceeded: false });
});

test('retrying while the hour is spent eats the day’s budget too', () => {
  const limits = new Limits();
  for (let i = 0; i < 11; i++) limits.writes('did', 3_200, i);
  const status = limits.writes('did', 3, HOUR + 20);
  expect(status).toMatchObject({ exceeded: true, policy: POLICIES.writesDay });
});

test('signing in is counted per name and address', () => {
  const limits = new Limits();
  for (let i = 0; i < 30; i++) expect(limits.signIn('name', 'here', 0).exceeded).toBe(false);
  expect(limits.signIn('name', 'here', 0)).toMatchObject({ exceeded: true, policy: POLICIES.signIns });
  expect(limits.signIn('name', 'there', 0).exceeded).toBe(false);
});

test('the tightest is the one that refuses, else the one with fewest left', () => {
  const status = (remaining: number, exceeded: boolean) => ({
    policy: POLICIES.address,
    remaining,
    resetAt: 0,
    exceeded,
  });
  expect(tightest(status(5, false), status(3, false)).remaining).toBe(3);
  expect(tightest(status(0, false), status(7, true)).exceeded).toBe(true);
  expect(tightest(status(7, true), status(0, false)).exceeded).toBe(true);
});
