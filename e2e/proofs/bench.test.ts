import { afterAll, beforeAll, expect, test } from 'vitest';
import { baseline, ours } from './bench/contestants.ts';
import { judge } from './bench/judge.ts';
import type { Took } from './bench/measure.ts';
import { sweepCosts } from './bench/sweep.ts';
import { type Server, startServer } from './shared/database.ts';

/** Milliseconds; nothing here judges how long anything takes. */
const LONG = 120_000;

let server: Server;
beforeAll(async () => {
  server = await startServer();
}, LONG);
afterAll(() => server.close());

const size = { accounts: 4, effects: 400, seed: 1 };
const positive = (took: Took) => Object.values(took).every((figure) => Number.isFinite(figure) && figure >= 0);

test('both contestants do all their effects and leave figures', { timeout: LONG }, async () => {
  const mine = await ours(server, 'ours', size);
  const theirs = await baseline(server, 'theirs', size);
  expect([mine, theirs].every(positive)).toBe(true);
  // One job an effect costs four commits an effect: what is counted is counted.
  expect(theirs.commitsPer1000).toBeGreaterThan(3_900);
  expect(mine.commitsPer1000).toBeLessThan(theirs.commitsPer1000);
});

test('the sweep lifts all that is due, among few and among many', { timeout: LONG }, async () => {
  const costs = await sweepCosts(server, { accounts: 5, few: 1_000, many: 5_000 });
  expect(costs.fewMsPer1000).toBeGreaterThan(0);
  expect(costs.manyMsPer1000).toBeGreaterThan(0);
});

const theirs = { perSecond: 1_000, workerCpu: 60, postgresCpu: 80, commitsPer1000: 4_000, rssMib: 900 };
const mine = { perSecond: 10_000, workerCpu: 7, postgresCpu: 7, commitsPer1000: 30, rssMib: 244 };
const sweep = { fewMsPer1000: 100, manyMsPer1000: 130 };

test('figures that keep every promise pass', () => {
  expect(judge(mine, theirs, sweep).broke).toBeNull();
});

test.for([
  ['at least 10 times the rate of one job an effect', { ...mine, perSecond: 9_999 }, sweep],
  ['at most a tenth of its CPU', { ...mine, postgresCpu: 7.1 }, sweep],
  ['at most 30 commits per 1,000 effects', { ...mine, commitsPer1000: 30.1 }, sweep],
  ['a worker under 256 MB', { ...mine, rssMib: 244.2 }, sweep],
  ['a sweep that costs no more among ten times as many that wait', mine, { ...sweep, manyMsPer1000: 130.1 }],
] as const)('%s: is judged', ([promise, figures, costs]) => {
  expect(judge(figures, theirs, costs).broke).toBe(promise);
});
