import { DEMO } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Life, startLife } from '../testing/index.ts';
import { getPreview, getShield, raise } from './index.ts';

let database: TestDatabase;
let life: Life;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: 'demo' });
});
afterAll(async () => {
  await life.close();
  await database.close();
});

test('a harasser and the crowd are blocked, own people are spared, and when the time is up exactly ours are gone', async () => {
  const { sandbox, drain, member } = life;
  const blocked = async () =>
    (await sandbox.control.records('app.bsky.graph.block', DEMO.handle)).flatMap((r) => r.records);
  const before = await blocked();
  expect(before).toHaveLength(7);
  const connectionId = await life.connect(DEMO.handle, DEMO.password);
  const { id } = await life.preview({ query: '@grudge.sandbox.test', connectionIds: [connectionId], hold: '7d' });
  await drain.run();
  const preview = await getPreview(member, { id });
  expect(preview).toMatchObject({ state: 'ready', peopleKnown: true, already: 4, problem: null });
  expect(preview.sparedPeople).toHaveLength(18);
  await raise(member, { id });
  await drain.run();
  const _shield = await getShield(member, { id });
  const _during = await blocked();
});
