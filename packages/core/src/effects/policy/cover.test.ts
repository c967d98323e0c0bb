import { DAY } from '@secateur/base';
import { expect, test } from 'vitest';
import { type Cover, coverEnd, judge } from './cover.ts';

const PROFILE = '7f000000-0000-8000-8000-000000000000';
const CONFIRMED = new Date('2026-03-01T12:00:00Z');
const after = (ms: number) => new Date(CONFIRMED.getTime() + ms);
const cover = (more: Partial<Cover> = {}): Cover => ({
  shieldId: '00000000-0000-7000-8000-000000000001',
  holdSeconds: (7 * DAY) / 1000,
  endsAt: null,
  undoneAt: null,
  liftOrder: null,
  liftFrom: null,
  liftSeconds: null,
  endedFor: null,
  coveredAt: null,
  ...more,
});

test('a hold is counted from the confirmation and lengthened by at most a twentieth', () => {
  for (let i = 0; i < 500; i += 1) {
    const id = `${i.toString(16).padStart(8, '0')}-0000-8000-8000-000000000000`;
    const end = coverEnd(
      cover({ shieldId: `00000000-0000-7000-8000-0000${(i * 7_919_777).toString(16).padStart(8, '0')}` }),
      id,
      CONFIRMED,
    );
    expect(end?.at.getTime()).toBeGreaterThanOrEqual(after(7 * DAY).getTime());
    expect(end?.at.getTime()).toBeLessThanOrEqual(after(7.35 * DAY).getTime());
  }
});

test('the ends of a crowd do not fall on one instant', () => {
  const ends = Array.from({ length: 100 }, (_, i) => {
    const id = `${(i * 41_943_039).toString(16).padStart(8, '0')}-0000-8000-8000-000000000000`;
    return coverEnd(cover(), id, CONFIRMED)?.at.getTime();
  });
  expect(new Set(ends).size).toBeGreaterThan(90);
});

test('what was so before the shield counts from when the shield came', () => {
  const late = after(30 * DAY);
  expect(coverEnd(cover({ coveredAt: late }), PROFILE, CONFIRMED)?.at.getTime()).toBeGreaterThanOrEqual(
    late.getTime() + 7 * DAY,
  );
});

test('an undone shield ends when it was undone, one fixed for everybody at that time, one without an end never', () => {
  expect(coverEnd(cover({ undoneAt: after(1) }), PROFILE, CONFIRMED)).toEqual({ at: after(1), why: 'undone' });
  expect(coverEnd(cover({ endsAt: after(DAY) }), PROFILE, CONFIRMED)).toEqual({ at: after(DAY), why: 'time_up' });
  expect(coverEnd(cover({ holdSeconds: null }), PROFILE, CONFIRMED)).toBeNull();
});

test('the last cover wins', () => {
  const short = cover({ shieldId: 'a', holdSeconds: 60 });
  const long = cover({ shieldId: 'b', endsAt: after(DAY) });
  expect(judge([short, long], PROFILE, CONFIRMED, after(DAY - 1))).toEqual({
    lift: false,
    dueAt: after(DAY),
    ended: [{ shieldId: 'a', why: 'time_up' }],
  });
  expect(judge([short, long], PROFILE, CONFIRMED, after(DAY))).toMatchObject({ lift: true });
});

test('what one shield holds for ever has no end in sight; what nobody covers is lifted', () => {
  const forever = cover({ shieldId: 'b', holdSeconds: null });
  expect(judge([cover({ shieldId: 'a', holdSeconds: 60 }), forever], PROFILE, CONFIRMED, after(DAY))).toMatchObject({
    lift: false,
    dueAt: null,
  });
  expect(judge([], PROFILE, CONFIRMED, CONFIRMED)).toEqual({ lift: true, dueAt: null, ended: [] });
});

test('under an order to undo everything a cover ends within its span, at the same moment under every shield', () => {
  const order = {
    liftOrder: '00000000-0000-7000-8000-00000000abcd',
    liftFrom: CONFIRMED,
    liftSeconds: (28 * DAY) / 1000,
  };
  const endsAt = after(400 * DAY);
  const days = new Set<number>();
  for (let i = 0; i < 500; i += 1) {
    const id = `${(i * 8_500_001).toString(16).padStart(8, '0')}-0000-8000-8000-000000000000`;
    const end = coverEnd(cover({ ...order, endsAt }), id, CONFIRMED);
    expect(end).toEqual(
      coverEnd(cover({ ...order, endsAt, shieldId: '00000000-0000-7000-8000-000000000002' }), id, CONFIRMED),
    );
    expect(end?.why).toBe('undone');
    days.add(Math.floor(((end?.at.getTime() ?? 0) - CONFIRMED.getTime()) / DAY));
  }
  expect([...days].sort((a, b) => a - b)).toEqual(Array.from({ length: 28 }, (_, day) => day));
});

test('what ends before an order lets it go ends by itself, and at once is at once', () => {
  const order = {
    liftOrder: '00000000-0000-7000-8000-00000000abcd',
    liftFrom: CONFIRMED,
    liftSeconds: (28 * DAY) / 1000,
  };
  expect(coverEnd(cover({ ...order, endsAt: after(1) }), PROFILE, CONFIRMED)).toEqual({ at: after(1), why: 'time_up' });
  expect(coverEnd(cover({ ...order, liftSeconds: 0 }), PROFILE, CONFIRMED)).toEqual({ at: CONFIRMED, why: 'undone' });
});
