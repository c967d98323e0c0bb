import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BUGS, type BugName } from './model/bugs.ts';
import { type Broken, run } from './model/run.ts';
import { openStage, type Stage } from './model/stage.ts';

/** Milliseconds; a run that finds nothing plays every sequence. */
const LONG = 300_000;

let database: TestDatabase;
let stage: Stage;
beforeEach(async () => {
  database = await freshDatabase();
  stage = await openStage(database);
});
afterEach(async () => {
  await stage.close();
  await database.close();
});

/** Where a bug shows early; any seed shows it in the end. */
const SOON: { [bug in BugName]?: number } = { 'lift-all': 3, 'plan-time-check': 5 };

const played = (sequences: number, commands: number, bug: BugName | null): Promise<Broken | null> =>
  run(stage, { seed: (bug && SOON[bug]) ?? 1, from: 1, every: 1, last: sequences, commands, bug }, () => {});

test('no random sequence of commands, faults and deaths breaks a promise', { timeout: LONG }, async () => {
  expect(await played(12, 40, null)).toBeNull();
});

test.for(Object.keys(BUGS) as BugName[])('%s is found', { timeout: LONG }, async (bug) => {
  expect((await played(40, 40, bug))?.promise).toBe(BUGS[bug].breaks);
});
