import { expect, test } from 'vitest';
import { isAfter, parsePosition, printPosition } from './position.ts';

test('a place survives the way to the browser and back', () => {
  const place = { xid: 9_007_199_254_740_993n, id: 12n };
  expect(parsePosition(printPosition(place))).toEqual(place);
});

test.each(['', '1', '1.', '.1', '1.2.3', '-1.2', '1e3.2', '9223372036854775808.1', '1.9999999999999999999', null])(
  '%j is no place',
  (text) => {
    expect(parsePosition(text)).toBeNull();
  },
);

test('transactions come first, then the events in them', () => {
  expect(isAfter({ xid: 2n, id: 1n }, { xid: 1n, id: 9n })).toBe(true);
  expect(isAfter({ xid: 2n, id: 1n }, { xid: 2n, id: 1n })).toBe(false);
  expect(isAfter({ xid: 2n, id: 2n }, { xid: 2n, id: 1n })).toBe(true);
});
