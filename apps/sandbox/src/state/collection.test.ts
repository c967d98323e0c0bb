import { expect, test } from 'vitest';
import { RecordCollection } from './collection.ts';

function filled(keys: string[]): RecordCollection {
  const records = new RecordCollection();
  for (const key of keys) records.create(key, `subject of ${key}`, 'then', false);
  return records;
}

const keysOf = (page: [string, unknown][]) => page.map(([key]) => key);

test('pages go from the newest key to the oldest, in whatever order they were made', () => {
  const records = filled(['c', 'a', 'd', 'b']);
  expect(keysOf(records.page(3, null, false))).toEqual(['d', 'c', 'b']);
  expect(keysOf(records.page(3, 'b', false))).toEqual(['a']);
  expect(keysOf(records.page(3, 'a', false))).toEqual([]);
});

test('reversed, they go from the oldest to the newest', () => {
  const records = filled(['c', 'a', 'd', 'b']);
  expect(keysOf(records.page(2, null, true))).toEqual(['a', 'b']);
  expect(keysOf(records.page(9, 'b', true))).toEqual(['c', 'd']);
});

test('a cursor need not be a key that is there', () => {
  const records = filled(['a', 'c', 'e']);
  expect(keysOf(records.page(9, 'd', false))).toEqual(['c', 'a']);
  expect(keysOf(records.page(9, 'b', true))).toEqual(['c', 'e']);
});

test('a key deleted and made again is listed once', () => {
  const records = filled(['a', 'b', 'c']);
  records.delete('b');
  expect(keysOf(records.page(9, null, false))).toEqual(['c', 'a']);
  records.create('b', 'another', 'later', true);
  expect(records.page(9, null, false)).toEqual([
    ['c', expect.anything()],
    ['b', { subject: 'another', createdAt: 'later', hand: true }],
    ['a', expect.anything()],
  ]);
});

test('a subject may have several records, and keeps the others when one goes', () => {
  const records = new RecordCollection();
  for (const key of ['a', 'b', 'c']) records.create(key, 'one', 'then', false);
  expect(records.keysFor('one')).toEqual(['a', 'b', 'c']);
  expect(records.keyFor('one')).toBe('c');
  records.delete('c');
  records.delete('a');
  expect(records.keysFor('one')).toEqual(['b']);
  records.delete('b');
  expect(records.keyFor('one')).toBeUndefined();
  expect(records.size).toBe(0);
});

test('pages stay right after most of a large collection is gone', () => {
  const keys = Array.from({ length: 1_000 }, (_, i) => String(i).padStart(4, '0'));
  const records = filled(keys);
  for (const key of keys) if (!key.endsWith('7')) records.delete(key);
  expect(keysOf(records.page(2, null, false))).toEqual(['0997', '0987']);
  expect(keysOf(records.page(1_000, null, true))).toHaveLength(100);
});
