import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUGS, type BugName } from './spared/bugs.ts';
import { type Broken, run } from './spared/run.ts';
import { openStage, type Stage } from './spared/stage.ts';

/** Milliseconds; a run that finds nothing plays every world. */
const LONG = 300_000;

let database: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await freshDatabase();
  stage = await openStage(database);
});
afterAll(async () => {
  await stage.close();
  await database.close();
});

const played = (worlds: number, bug: BugName | null): Promise<Broken | null> =>
  run(stage, { seed: 1, from: 1, every: 1, last: worlds, commands: 24, bug }, () => {});

test('in no random world is anybody hit who is spared, or anything touched that was made by hand', {
  timeout: LONG,
}, async () => {
  expect(await played(5, null)).toBeNull();
});

test.for(Object.keys(BUGS) as BugName[])('%s is found', { timeout: LONG }, async (bug) => {
  expect((await played(12, bug))?.promise).toBe(BUGS[bug].breaks);
});
