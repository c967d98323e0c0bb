import { DAY } from '@secateur/base';
import { expect, test } from 'vitest';
import { nextTending, tendingNow } from './index.ts';

const day = (n: number) => new Date(n * DAY);

/** A session of a public client: 14 days in all, 14 days idle. One of a hosted service: two years, three months. */
test.each([
  ['begun by a public client', 0, { renewBy: day(14), endsAt: day(14), toldAt: null }, 7],
  ['renewed by it after a week', 7, { renewBy: day(21), endsAt: day(14), toldAt: null }, 11],
  ['its owner was told', 11, { renewBy: day(25), endsAt: day(14), toldAt: day(11) }, 14],
  ['begun by a hosted service', 0, { renewBy: day(90), endsAt: day(730), toldAt: null }, 45],
  ['renewed by it shortly before its end', 700, { renewBy: day(790), endsAt: day(730), toldAt: null }, 727],
  ['of an app password', 0, { renewBy: day(90), endsAt: null, toldAt: null }, 45],
  ['that was to be renewed yesterday', 10, { renewBy: day(9), endsAt: null, toldAt: null }, 10],
])('a session %s is looked at next on its day', (_, now, lasting, expected) => {
  expect(nextTending(lasting, day(now))).toEqual(day(expected));
});

test('one that lasts for ever needs no looking after', () => {
  expect(nextTending({ renewBy: null, endsAt: null, toldAt: null }, day(0))).toBeNull();
});

test.each([
  ['in the middle', 7, null, { end: false, tell: false, renew: true }],
  ['three days before its end', 11, null, { end: false, tell: true, renew: false }],
  ['the same, told already', 11, day(11), { end: false, tell: false, renew: false }],
  ['at its end', 14, day(11), { end: true, tell: false, renew: false }],
])('what a session needs %s', (_, now, toldAt, expected) => {
  expect(tendingNow({ endsAt: day(14), toldAt }, day(now))).toEqual(expected);
});

test('a session without an end is renewed', () => {
  expect(tendingNow({ endsAt: null, toldAt: null }, day(900))).toEqual({ end: false, tell: false, renew: true });
});
