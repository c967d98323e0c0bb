import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Told } from '~/server/follow.ts';
import { gather } from './gather.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const shield = (subjectId: string): Told => ({ kind: 'shield', subjectId });

test('a storm of events is handed over twice a second, each subject once', () => {
  const handed: Told[][] = [];
  const { tell } = gather((events) => handed.push(events));
  for (let i = 0; i < 100; i++) {
    tell(shield('a'));
    tell(shield('b'));
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1_000);
  expect(handed.length).toBeGreaterThan(1);
  expect(handed.length).toBeLessThanOrEqual(4);
  for (const events of handed) expect(events).toEqual([shield('a'), shield('b')]);
});

test('a lone event is handed over at once', () => {
  const handed: Told[][] = [];
  gather((events) => handed.push(events)).tell(shield('a'));
  vi.advanceTimersByTime(0);
  expect(handed).toEqual([[shield('a')]]);
});

test('after the end nothing is handed over', () => {
  const hand = vi.fn();
  const { tell, end } = gather(hand);
  tell(shield('a'));
  end();
  vi.advanceTimersByTime(5_000);
  expect(hand).not.toHaveBeenCalled();
});
