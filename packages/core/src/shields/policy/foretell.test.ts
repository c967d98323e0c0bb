import { DAY, HOUR, SECOND } from '@secateur/base';
import { expect, test } from 'vitest';
import { foretell, type Outlook } from './foretell.ts';
import { allOf, asListed, tokens } from './supply.ts';

const NOW = Date.parse('2026-11-10T12:00:00Z');
const WEEK = 7 * 86_400;
const FREE = { left: 0, cap: 0, each: 0, owed: 0 };
const MASTODON = {
  windows: [{ seconds: 300, points: 225 }],
  stretchSeconds: 30,
  spends: [],
  points: { apply: 2, lift: 2 },
};
const BLUESKY = {
  windows: [
    { seconds: 3_600, points: 3_750 },
    { seconds: 86_400, points: 26_250 },
  ],
  stretchSeconds: 300,
  spends: [],
  points: { apply: 3, lift: 1 },
};
const X = { windows: [{ seconds: 900, points: 37 }], stretchSeconds: 90, spends: [], points: { apply: 1, lift: 1 } };

const turn = (effects: number, holdSeconds: number | null = WEEK) => ({ effects, supply: allOf(effects), holdSeconds });
const of = (more: Partial<Outlook>) =>
  foretell({
    now: NOW,
    budget: MASTODON,
    before: [],
    own: turn(100),
    shares: false,
    lifting: [],
    tokens: tokens({ level: 1_000_000, perDay: 10_000, now: NOW }),
    money: FREE,
    ...more,
  });
const after = (at: number | null) => (at === null ? null : (at - NOW) / SECOND);

test('what one window holds is done at once, and lifted when the hold and its jitter are over', () => {
  const told = of({ own: turn(112) });
  expect(told).toMatchObject({ first: NOW, done: NOW, firstLift: NOW + WEEK * SECOND });
  expect(after(told.lifted)).toBeCloseTo(WEEK * 1.05, -2);
});

test('a window counts until the stretch in which it was spent has left it', () => {
  expect(after(of({ own: turn(113) }).done)).toBe(330);
  expect(after(of({ own: turn(100_000) }).done)).toBe(892 * 330);
});

test('the narrower of two windows decides', () => {
  expect(after(of({ budget: BLUESKY, own: turn(1_251) }).done)).toBe(3_900);
  expect(after(of({ budget: BLUESKY, own: turn(8_751) }).done)).toBe(86_700);
});

test('what was spent before is missing', () => {
  const spends = [{ at: new Date(NOW), points: 200 }];
  expect(after(of({ budget: { ...MASTODON, spends }, own: turn(13) }).done)).toBe(330);
});

test('shields that were raised before go first', () => {
  expect(after(of({ before: [turn(112), turn(112)], own: turn(10) }).done)).toBe(660);
});

test('who waits under a shield before it is done when that one is', () => {
  const before = [turn(1_120)];
  expect(after(of({ before, own: turn(0) }).done)).toBe(0);
  expect(after(of({ before, own: turn(0), shares: true }).done)).toBe(9 * 330);
});

test('lifts that come due while it is made take from it', () => {
  const day = 86_400;
  const alone = of({ own: turn(40_000, null) }).done ?? 0;
  const own = of({ own: turn(40_000, day) });
  expect(own.done).toBeGreaterThan(alone + 6 * HOUR);
  const lifting = [{ count: 20_000, from: NOW, to: NOW + DAY }];
  const besides = of({ own: turn(40_000, null), lifting }).done ?? 0;
  expect((besides - alone) / ((20_000 / 112) * 330 * SECOND)).toBeCloseTo(1, 1);
});

test('a list that comes in slower than it could be done decides', () => {
  const every = 910 * SECOND;
  const windows = { at: NOW + every, every, count: 30_000 };
  const listing = { rest: 100_000, first: { at: NOW, count: 10_000 }, windows };
  const supply = asListed(50, 100, listing);
  expect(supply.by(NOW)).toBe(60);
  expect(after(of({ own: { effects: 150, supply, holdSeconds: null } }).done)).toBe(3 * 910);
});

test('tokens that come in slowly decide, and where none come in nobody knows', () => {
  const few = (perDay: number) => tokens({ level: 100, perDay, now: NOW });
  expect(after(of({ own: turn(300), tokens: few(100) }).done)).toBe(2 * 86_400);
  expect(of({ own: turn(300), tokens: few(0) }).done).toBeNull();
});

test('with the money of a month spent it waits for the next', () => {
  const money = { left: 3_000_000, cap: 3_000_000, each: 30_000, owed: 0 };
  const december = Date.parse('2026-12-01T00:00:00Z');
  expect(of({ budget: X, own: turn(100, null), money }).done).toBe(NOW + 2 * 990 * SECOND);
  expect(of({ budget: X, own: turn(110, null), money }).done).toBe(december);
  const january = Date.parse('2027-01-01T00:00:00Z');
  expect(of({ budget: X, own: turn(210, null), money }).done).toBe(january);
  expect(of({ budget: X, own: turn(210, null), money: { ...money, cap: 0 } }).done).toBeNull();
  // Listing the rest of a crowd is paid for first.
  expect(of({ budget: X, own: turn(100, null), money: { ...money, owed: 1_000_000 } }).done).toBe(december);
});

test('what is done after a pause is lifted when its own time is up', () => {
  const money = { left: 30_000_000, cap: 90_000_000, each: 30_000, owed: 0 };
  const now = Date.parse('2026-11-29T12:00:00Z');
  const told = of({ now, budget: X, own: turn(2_000), money, tokens: tokens({ level: 10_000, perDay: 0, now }) });
  expect(told.done).toBeGreaterThan(Date.parse('2026-12-01T00:00:00Z'));
  expect((told.lifted ?? 0) - (told.done ?? 0)).toBeCloseTo(WEEK * 1.05 * SECOND, -6);
});

test('a hold without an end is never lifted', () => {
  expect(of({ own: turn(10, null) })).toMatchObject({ done: NOW, firstLift: null, lifted: null });
});

test('lifting takes its own time', () => {
  const hour = 3_600;
  const told = of({ own: turn(10_000, hour) });
  expect(after(told.lifted)).toBeGreaterThanOrEqual(178 * 330);
});

test('the largest crowd is told in the twinkling of an eye', () => {
  const told = of({ own: turn(2_000_000) });
  expect(after(told.done)).toBeGreaterThan(17_856 * 330);
  expect(told.lifted).not.toBeNull();
});
