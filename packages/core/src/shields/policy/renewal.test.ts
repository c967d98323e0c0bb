import { DAY, HOUR, SECOND } from '@secateur/base';
import { expect, test } from 'vitest';
import { renewalOf } from './renewal.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const weeks = {
  state: 'holding',
  holdSeconds: (42 * DAY) / SECOND,
  endsAt: null,
  undoneAt: null,
  liftOrder: null,
  firstLiftAt: later(2 * DAY),
};

test('a renewal is offered three days before the first lift, for as long again', () => {
  expect(renewalOf(weeks, NOW)).toBe((42 * DAY) / SECOND);
  expect(renewalOf({ ...weeks, firstLiftAt: later(4 * DAY) }, NOW)).toBeNull();
  expect(renewalOf({ ...weeks, firstLiftAt: later(-DAY) }, NOW)).toBe((42 * DAY) / SECOND);
});

test('a short hold offers it in its last quarter, a long one for six weeks at most', () => {
  const day = { ...weeks, holdSeconds: DAY / SECOND };
  expect(renewalOf({ ...day, firstLiftAt: later(7 * HOUR) }, NOW)).toBeNull();
  expect(renewalOf({ ...day, firstLiftAt: later(5 * HOUR) }, NOW)).toBe(DAY / SECOND);
  expect(renewalOf({ ...weeks, holdSeconds: (365 * DAY) / SECOND }, NOW)).toBe((42 * DAY) / SECOND);
});

test('nothing is offered where nothing would come of it', () => {
  for (const change of [
    { state: 'lifting' },
    { state: 'ended' },
    { undoneAt: NOW },
    { liftOrder: 'an order' },
    { endsAt: later(DAY) },
    { holdSeconds: null },
    { firstLiftAt: null },
  ])
    expect(renewalOf({ ...weeks, ...change }, NOW), JSON.stringify(change)).toBeNull();
});
