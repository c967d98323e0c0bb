import { expect, test } from 'vitest';
import { EVERYTHING, filterOf } from './choice.ts';

test('nothing chosen leaves nothing out', () => {
  expect(filterOf(EVERYTHING)).toEqual({ actorKind: null, group: null, from: null, to: null });
});

test('the last day is in it, to its end, also at the end of a month', () => {
  const { from, to } = filterOf({ ...EVERYTHING, from: '2026-02-01', to: '2026-02-28' });
  expect(from).toEqual(new Date(2026, 1, 1));
  expect(to).toEqual(new Date(2026, 2, 1));
});

test('half a date is none yet', () => {
  expect(filterOf({ ...EVERYTHING, from: '2026-' }).from).toBeNull();
});
