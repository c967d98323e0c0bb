import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MemberContext } from '../context/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { exportTrail } from '../trail/index.ts';
import { crowd } from './fixtures/crowd.ts';
import { exportTenant, type TakenFile } from './index.ts';

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: 'empty' });
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

const refused = { problem: 'export_running', data: { most: 2 } };
const take = (member: MemberContext) => exportTenant(member, { form: 'json' });
const takeTrail = (member: MemberContext) =>
  exportTrail(member, { format: 'csv', actorKind: null, group: null, from: null, to: null });
const end = ({ chunks }: Pick<TakenFile, 'chunks'>) => chunks.return(undefined);
const exportsOf = async (member: MemberContext) => {
  const text = `SELECT 1 FROM audit WHERE tenant_id = $1 AND action IN ('tenant.exported', 'trail.exported')`;
  return (await admin.query(text, [member.actor.tenantId])).rowCount;
};
/** As if nobody had read a page for so many seconds. */
const silent = (member: MemberContext, seconds: number) =>
  admin.query(
    `UPDATE running_exports SET seen_at = clock_timestamp() - make_interval(secs => $2) WHERE tenant_id = $1`,
    [member.actor.tenantId, seconds],
  );

test('a third file at a time is refused in words, and leaves no row; another tenant’s is not', async () => {
  const member = await life.stranger();
  const [first, second] = [await take(member), await takeTrail(member)];
  await expect(take(member)).rejects.toMatchObject(refused);
  await expect(takeTrail(member)).rejects.toMatchObject(refused);
  expect(await exportsOf(member)).toBe(2);
  const stranger = await life.stranger();
  await end(await take(stranger));
  await end(first);
  const third = await take(member);
  await Promise.all([end({ chunks: second.chunks }), end(third)]);
});

test('of many who ask at once two are let in', async () => {
  const member = await life.stranger();
  const all = await Promise.allSettled(Array.from({ length: 8 }, () => take(member)));
  const files = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(files).toHaveLength(2);
  await Promise.all(files.map(end));
});

test('a place is given back by whoever reads to the end, stops, or never begins', async () => {
  const member = await life.stranger();
  for (let i = 0; i < 3; i += 1) {
    await end(await take(member));
    const stopped = await take(member);
    await stopped.chunks.next();
    await end(stopped);
    const whole = await takeTrail(member);
    for await (const chunk of whole.chunks) expect(chunk).not.toBe('');
  }
  const { rowCount } = await admin.query('SELECT 1 FROM running_exports WHERE tenant_id = $1', [member.actor.tenantId]);
  expect(rowCount).toBe(0);
});

test('who has not read on for minutes loses the place to whoever asks, and does not go on beside them', async () => {
  const member = await life.stranger();
  const forgotten = [await take(member), await take(member)];
  await silent(member, 119);
  await expect(take(member)).rejects.toMatchObject(refused);
  await silent(member, 121);
  const next = await take(member);
  const readOn = async () => {
    for await (const _ of forgotten[0]?.chunks ?? []);
  };
  await expect(readOn()).rejects.toThrow('was given away');
  await Promise.all([...forgotten, next].map(end));
});

test('who reads slowly keeps the place as long as nobody else wants it', async () => {
  const member = await life.stranger();
  const [one, other] = [await take(member), await take(member)];
  for await (const _ of one.chunks) {
    await silent(member, 1_000);
    await other.chunks.next();
    // What went on has its place again.
    const { rows } = await admin.query(
      'SELECT count(*)::int AS n FROM running_exports WHERE tenant_id = $1 AND seen_at > clock_timestamp() - interval $$1 minute$$',
      [member.actor.tenantId],
    );
    expect(rows[0].n).toBeLessThanOrEqual(1);
  }
  await end(other);
});

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

test('two hundred thousand targets pass through the memory of a page', { timeout: 120_000 }, async () => {
  const member = await life.stranger();
  const many = 200_000;
  await crowd(admin, member, Array(many).fill(null));
  const { chunks } = await exportTenant(member, { form: 'list' });
  let [rows, largest, seen] = [0, 0, 0];
  const held: number[] = [];
  for await (const chunk of chunks) {
    const lines = String(chunk).split('\r\n').length - 1;
    rows += lines;
    largest = Math.max(largest, lines);
    seen += 1;
    // What is still held when everything that nobody needs is gone.
    if (seen % 20 !== 0) continue;
    collect();
    held.push(process.memoryUsage().heapUsed);
  }
  expect(rows).toBe(many + 1);
  expect(largest).toBe(1_000);
  expect(Math.max(...held) - Math.min(...held)).toBeLessThan(many * BYTES_A_ROW);
});

/** Far less than a row takes in memory, as an object or as a line. */
const BYTES_A_ROW = 50;
