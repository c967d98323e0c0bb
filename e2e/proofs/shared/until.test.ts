import { expect, test } from 'vitest';
import { within } from './until.ts';

test('what comes in time is given back', async () => {
  expect(await within('an answer', 60, async () => 'it')).toBe('it');
});

test('what never comes is given up on, by name', async () => {
  await expect(within('an answer', 0, () => new Promise(() => {}))).rejects.toThrow('waited 0 s in vain: an answer');
});

test('what fails is told as it is', async () => {
  await expect(within('an answer', 60, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});
