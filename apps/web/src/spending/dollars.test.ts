import { expect, test } from 'vitest';
import { centsIn, dollars } from './dollars.ts';

test.each([
  ['12', 1_200],
  [' 12.5 ', 1_250],
  ['$12.50', 1_250],
  ['1,000', 100_000],
  ['0', 0],
  ['0.29', 29],
  ['', null],
  ['-1', null],
  ['12.345', null],
  ['1e3', null],
  ['twelve', null],
  ['1000.01', null],
])('%s', (text, cents) => {
  expect(centsIn(text, 100_000)).toBe(cents);
});

test('micro-dollars are shown to the cent', () => {
  expect(dollars(12_345_678)).toBe('$12.35');
});
