import { expect, test } from 'vitest';
import { Faults } from './faults.ts';

const anybody = (_account: string) => true;
const kindsOf = (faults: Faults, count: number, method = 'm', isAbout = anybody) =>
  Array.from({ length: count }, () => faults.strike(method, isAbout).fault?.kind ?? null);

test('a fault strikes as often as asked, after as many as asked', () => {
  const faults = new Faults();
  faults.add({ kind: '500', count: 2, after: 1 });
  expect(kindsOf(faults, 5)).toEqual([null, '500', '500', null, null]);
  expect(faults.list()).toEqual([]);
});

test('a fault keeps to its method and its account', () => {
  const faults = new Faults();
  faults.add({ kind: '502', method: 'a', account: 'her' });
  expect(kindsOf(faults, 1, 'b')).toEqual([null]);
  expect(kindsOf(faults, 1, 'a', (account) => account !== 'her')).toEqual([null]);
  expect(kindsOf(faults, 1, 'a', (account) => account === 'her')).toEqual(['502']);
});

test('a probability strikes its share, and the same requests for the same seed', () => {
  const struck = (seed: number) => {
    const faults = new Faults();
    faults.add({ kind: 'reset-before', probability: 0.1, seed });
    return kindsOf(faults, 2_000);
  };
  expect(struck(7)).toEqual(struck(7));
  expect(struck(7)).not.toEqual(struck(8));
  const share = struck(7).filter((kind) => kind !== null).length;
  expect(share).toBeGreaterThan(140);
  expect(share).toBeLessThan(260);
});

test('waits add up, and the first fault that decides is the one', () => {
  const faults = new Faults();
  faults.add({ kind: 'slow', latencyMs: 20 });
  faults.add({ kind: '503' });
  faults.add({ kind: '500' });
  faults.add({ kind: 'slow', latencyMs: 5 });
  expect(faults.strike('m', anybody)).toMatchObject({ waitMs: 25, fault: { kind: '503' } });
});

test('removing one leaves the others', () => {
  const faults = new Faults();
  const first = faults.add({ kind: '503' });
  faults.add({ kind: '500' });
  faults.remove(first.id);
  expect(kindsOf(faults, 1)).toEqual(['500']);
  faults.clear();
  expect(kindsOf(faults, 1)).toEqual([null]);
});
