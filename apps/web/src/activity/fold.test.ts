import type { TrailEntry } from '@secateur/core/trail/schemas';
import { expect, test } from 'vitest';
import { fold } from './fold.ts';

const entry = (over: Partial<TrailEntry>): TrailEntry => ({
  id: '1',
  at: new Date(0),
  actorKind: 'system',
  actorName: null,
  isYou: false,
  action: 'effects.moved',
  about: 'account',
  subjectId: 'a',
  subjectName: 'a.test',
  count: 50,
  ...over,
});
const told = (...entries: TrailEntry[]) => fold(entries).map(({ action, count, steps }) => [action, count, steps]);

test('steps of one work are one line', () => {
  expect(told(entry({}), entry({}), entry({ count: 3 }))).toEqual([['effects.moved', 103, 3]]);
});

test('work for another account, and what comes between, is a line of its own', () => {
  expect(told(entry({}), entry({ subjectId: 'b' }), entry({}))).toHaveLength(3);
  expect(told(entry({}), entry({ action: 'shield.planned', count: 0 }), entry({}))).toHaveLength(3);
});

test('what people do is never put together', () => {
  const looked = entry({ actorKind: 'operator', action: 'staff.looked', count: 0 });
  expect(told(looked, looked)).toHaveLength(2);
});
