import { DAY, MINUTE } from '@secateur/base';
import { expect, test } from 'vitest';
import { type Facts, stageOf } from './stage.ts';
import { timetable } from './timetable.ts';

const ASKED = new Date('2026-11-21T12:00:00Z');
const day = (days: number, ms = 0) => new Date(ASKED.getTime() + days * DAY + ms);
const at = (now: Date, facts: Partial<Facts> = {}) =>
  stageOf({ askedAt: ASKED, warnedAt: null, shreddedAt: null, erasedAt: null, accounts: 1, ...facts }, now);
const leaves = (over: object = {}) => ({ stage: 'leaves', warn: false, keep: false, abandon: false, ...over });

test.each([
  ['asked just now', day(0), {}, { stage: 'waits', until: day(7) }],
  ['without any account it waits too', day(6), { accounts: 0 }, { stage: 'waits', until: day(7) }],
  ['a moment before the week is over', day(7, -1), {}, { stage: 'waits', until: day(7) }],
  ['the week is over', day(7), {}, leaves()],
  ['the week is over and no account is left', day(7), { accounts: 0 }, { stage: 'shreds' }],
  ['still lifting after two weeks', day(14), {}, leaves({ warn: true })],
  ['told already', day(14, 1), { warnedAt: day(14) }, leaves()],
  ['a week after they were told', day(21), { warnedAt: day(14) }, leaves({ keep: true })],
  ['told late: they have their week', day(25), { warnedAt: day(20) }, leaves()],
  ['never told: nothing is kept before the last moment', day(27), {}, leaves({ warn: true })],
  ['at the last moment', day(28), { warnedAt: day(27) }, leaves({ keep: true, abandon: true })],
  ['keys just destroyed', day(7), { shreddedAt: day(7) }, { stage: 'settles', until: day(7, MINUTE) }],
  ['keys destroyed a minute ago', day(7, MINUTE), { shreddedAt: day(7), accounts: 0 }, { stage: 'erases' }],
  ['nothing is left', day(8), { shreddedAt: day(7), erasedAt: day(7) }, { stage: 'over' }],
])('%s', (_, now, facts, expected) => {
  expect(at(now, facts)).toEqual(expected);
});

test('however late the members were told, everything is over within thirty days', () => {
  for (let told = 14; told <= 30; told += 1) {
    const { keepAt, abandonAt, dueAt } = timetable(ASKED, day(told));
    expect(keepAt <= abandonAt && abandonAt < dueAt).toBe(true);
    expect(dueAt).toEqual(day(30));
  }
});
