import { expect, test } from 'vitest';
import { type Options, proveIsolation, ROUNDS } from './isolation/run.ts';

/** Milliseconds; the web app may have to be built. */
const LONG = 180_000;

const broken = async (bug: Options['bug'], rounds: Options['rounds']) => {
  const said: string[] = [];
  const { broke } = await proveIsolation({ bug, rounds, say: (text) => said.push(text) });
  return { broke, said };
};

test('nobody sees or does what is not theirs', { timeout: LONG }, async () => {
  expect(await broken(null, ROUNDS)).toMatchObject({ broke: null });
});

test('a query that forgets whose it is is found', { timeout: LONG }, async () => {
  expect(await broken('no-where', ['alone'])).toMatchObject({
    broke: 'nobody would even if the row policies were gone',
  });
});

test('a policy that is gone is found', { timeout: LONG }, async () => {
  expect(await broken('no-policy', [])).toMatchObject({
    broke: 'no row is seen past its tenant, even by a query that forgets to ask',
  });
});
