import { expect, test } from 'vitest';
import { type HedgePart, shareStems } from './hedge.tsx';

const counts = (parts: HedgePart[], size: number) => shareStems(parts, size).map((part) => part.count);

test('nothing has no stems', () => {
  expect(shareStems([{ kind: 'done', count: 0 }], 10)).toEqual([]);
});

test('stems are shared by size and always add up', () => {
  const parts: HedgePart[] = [
    { kind: 'done', count: 412 },
    { kind: 'waiting', count: 765 },
    { kind: 'spared', count: 18 },
  ];
  expect(counts(parts, 48)).toEqual([16, 31, 1]);
});

test('even one person has a stem', () => {
  const parts: HedgePart[] = [
    { kind: 'waiting', count: 1_000_000 },
    { kind: 'spared', count: 1 },
    { kind: 'failed', count: 1 },
  ];
  expect(counts(parts, 10)).toEqual([8, 1, 1]);
});
