import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from './database.ts';

let one: TestDatabase;
let other: TestDatabase;
beforeAll(async () => {
  [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
});
afterAll(() => Promise.all([one.close(), other.close()]));

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rows } = await client.query({ text: statement, rowMode: 'array' });
    return rows.flat();
  } finally {
    await client.end();
  }
}

test('every role signs in as itself', async () => {
  const names = await Promise.all([one.web, one.worker, one.queue].map((url) => ask(url, 'select current_user')));
  expect(names.flat()).toEqual(['secateur_web', 'secateur_worker', 'secateur_queue']);
});

test('the apps neither own a table nor pass row-level security by', async () => {
  const statement = `
    select rolname from pg_roles r
    where rolname in ('secateur_web', 'secateur_worker', 'secateur_queue')
      and (rolsuper or rolbypassrls
        or exists (select from pg_class where relowner = r.oid and relnamespace = 'public'::regnamespace))`;
  expect(await ask(one.admin, statement)).toEqual([]);
});

test('a job put into one database is not in another', async () => {
  await ask(one.queue, "select queue_critical.add_job('nothing')");
  expect(await ask(one.queue, 'select count(*)::int from queue_critical._private_jobs')).toEqual([1]);
  expect(await ask(other.queue, 'select count(*)::int from queue_critical._private_jobs')).toEqual([0]);
});

test('a closed database is gone although somebody was connected', async () => {
  const gone = await freshDatabase();
  const client = new Client(gone.web);
  client.on('error', () => {});
  await client.connect();
  const ended = new Promise((settle) => client.once('end', settle));
  await gone.close();
  await ended;
  await expect(ask(gone.admin, 'select 1')).rejects.toThrow('does not exist');
});
