import type { Counts, ShieldState } from '@secateur/core/shields/schemas';
import { expect, test } from 'vitest';
import { stateLine } from './state-line.ts';

const NONE: Counts = { total: 0, spared: 0, already: 0, pending: 0, done: 0, failed: 0, over: 0 };
const AT = new Date('2026-11-21T10:00:00Z');

function shield(state: ShieldState, counts: Partial<Counts> = {}, more: Partial<Parameters<typeof stateLine>[0]> = {}) {
  return {
    state,
    action: 'block' as const,
    counts: { ...NONE, ...counts },
    pausedAt: null,
    cancelledAt: null,
    undoneAt: null,
    letGoAt: null,
    ...more,
  };
}

test('what waits is never called done', () => {
  expect(stateLine(shield('acting', { total: 1_201, spared: 18, already: 6, pending: 765, done: 412 }))).toEqual({
    key: 'acting',
    values: { action: 'block', done: 412, all: 1_177 },
  });
});

test('only a shield that holds says that all is confirmed', () => {
  const states: ShieldState[] = ['preview', 'gathering', 'acting', 'holding', 'lifting', 'ended', 'discarded'];
  const confirmed = states.filter((state) => stateLine(shield(state, { done: 3, pending: 2 })).key === 'holding');
  expect(confirmed).toEqual(['holding']);
});

test('failures are told beside what is confirmed', () => {
  expect(stateLine(shield('holding', { done: 9, failed: 1 }))).toEqual({
    key: 'holdingSome',
    values: { action: 'block', done: 9, failed: 1 },
  });
});

test('while the crowd is listed its size is told as far as it is known', () => {
  expect(stateLine(shield('gathering', {}, { listed: 640, expected: 1_200 }))).toMatchObject({ key: 'gathering' });
  expect(stateLine(shield('gathering', {}, { listed: 640, expected: null }))).toMatchObject({
    key: 'gatheringUnknown',
  });
  expect(stateLine(shield('gathering', {}, { listed: 1_200, expected: 1_200 }))).toEqual({ key: 'planning' });
});

test.each([
  ['paused', shield('acting', { done: 1, pending: 1 }, { pausedAt: AT }), 'paused'],
  ['stopped', shield('holding', { done: 1 }, { cancelledAt: AT }), 'stopped'],
  ['being undone', shield('acting', { done: 1 }, { undoneAt: AT }), 'undoing'],
  ['being lifted', shield('lifting', { done: 1, over: 2 }), 'lifting'],
  ['undone', shield('ended', { over: 3 }, { undoneAt: AT }), 'undone'],
  ['ended', shield('ended', { over: 3 }), 'ended'],
])('a shield that is %s says so', (_, facts, key) => {
  expect(stateLine(facts).key).toBe(key);
});

test('one that is let go with all others says how many are held, and until when', () => {
  const letGoAt = new Date('2026-12-01T10:00:00Z');
  const facts = shield('holding', { done: 7 }, { cancelledAt: letGoAt, letGoAt });
  expect(stateLine(facts)).toEqual({ key: 'lettingGo', values: { done: 7, date: letGoAt } });
});
