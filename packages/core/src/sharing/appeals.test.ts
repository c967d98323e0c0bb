import { DAY, newId } from '@secateur/base';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CALM_RULES } from '../exemptions/policy/index.ts';
import { raise, startPreview } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { WAITS } from './appeals.ts';
import { MOST_WAITING } from './deliver-appeal.ts';
import {
  answerAppeal,
  deliverAppeal,
  endList,
  hear,
  listAppeals,
  listShared,
  publish,
  readAppeal,
  subscribe,
  takeOff,
  writeAppeal,
} from './index.ts';

const [AUTHOR, OTHER, TROLL, CAUGHT, NOBODY] = ['author', 'other', 'troll', 'caught', 'nobody'].map(
  (name) => `${name}.sandbox.test`,
) as [string, string, string, string, string];
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: AUTHOR, password: 'pass-word' },
      { handle: OTHER, password: 'pass-word' },
      { handle: TROLL, followers: 25 },
      { handle: CAUGHT },
      { handle: NOBODY },
    ],
  },
  { do: 'follow', account: CAUGHT, subject: [TROLL] },
];

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let shieldId: string;
beforeEach(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: WORLD });
  const mine = await life.connect(AUTHOR, 'pass-word');
  ({ id: shieldId } = await life.preview({ query: TROLL, connectionIds: [mine], hold: '6w' }));
  await life.drain.run();
  await raise(life.member, { id: shieldId });
  await life.drain.run();
});
afterEach(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

async function published(hears = true) {
  const made = await publish(life.member, { shieldId, network: 'bluesky', title: 'Crowd of the week', hears });
  await life.drain.run();
  return made;
}

/** Somebody without an account writes, and what they wrote arrives. */
async function written(account: string, words = '', reason = 'by_chance'): Promise<void> {
  await writeAppeal(life.member, { network: 'bluesky', account, reason, words });
  await life.drain.run();
}

async function count(sql: string): Promise<number> {
  return Number((await admin.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`)).rows[0]?.n);
}

const waitingOn = async (id: string) => (await listShared(life.member)).published.find((l) => l.id === id)?.appeals;

test('who was caught by mistake reaches the author of every list that they are on, whose words are shown to who asks', async () => {
  const { id } = await published();
  const { id: second } = await published();
  const { id: deaf } = await published(false);
  await written(`https://bsky.app/profile/${CAUGHT.toUpperCase()}`, 'I only read along.\nhttps://bad.example/me');
  expect([await waitingOn(id), await waitingOn(second), await waitingOn(deaf)]).toEqual([1, 1, 0]);
  const [appeal] = await listAppeals(life.member, { id });
  expect(appeal).toEqual({
    id: appeal?.id,
    handle: CAUGHT,
    reason: 'by_chance',
    wrote: true,
    cameAt: life.sandbox.clock.now(),
  });
  expect(JSON.stringify(appeal)).not.toContain('read along');
  expect(await readAppeal(life.member, { id: `${appeal?.id}` })).toEqual({ words: 'I only read along. […]' });
  expect(await count('written_appeals')).toBe(0);
  const stranger = await life.stranger();
  const gone = { problem: 'not_found' };
  await expect(listAppeals(stranger, { id })).rejects.toMatchObject(gone);
  await expect(readAppeal(stranger, { id: `${appeal?.id}` })).rejects.toMatchObject(gone);
  await expect(answerAppeal(stranger, { id: `${appeal?.id}`, takeOff: true })).rejects.toMatchObject(gone);
});

test('whoever writes is answered the same, and the web app could not tell them if it wanted to', async () => {
  await published();
  const left: string[] = [];
  for (const account of [CAUGHT, NOBODY, 'never.seen.example']) {
    expect(
      await writeAppeal(life.member, { network: 'bluesky', account, reason: 'other', words: 'Please' }),
    ).toBeUndefined();
    const { rows } = await admin.query<{ row: string }>(
      `SELECT concat_ws(' ', network, reason, words, written_at, wake_at) AS row FROM written_appeals WHERE account = $1`,
      [account],
    );
    left.push(rows.map(({ row }) => row).join());
  }
  // What is left behind is the same, too.
  expect(left[0]).toMatch(/^bluesky other Please /);
  expect(new Set(left).size).toBe(1);
  const web = new pg.Client(database.web);
  await web.connect();
  await expect(web.query('SELECT * FROM written_appeals')).rejects.toThrow('denied');
  await expect(web.query(`SELECT * FROM across.appealed_lists('{}', now(), 1, 1)`)).rejects.toThrow('denied');
  expect((await web.query('SELECT * FROM shared_members')).rowCount).toBe(0);
  expect((await web.query('SELECT * FROM appeals')).rowCount).toBe(0);
  await web.end();
  await expect(
    writeAppeal(life.member, { network: 'bluesky', account: 'no account', reason: 'other', words: '' }),
  ).rejects.toMatchObject({ problem: 'invalid_input' });
});

test('whom the author takes off is forgiven where they are had only from there; whom they leave on is not heard again', async () => {
  const { id, token } = await published();
  const other = await life.stranger();
  const connectionId = await life.connect(OTHER, 'pass-word', other);
  const { id: uploadId } = await subscribe(other, { token, mode: 'follow' });
  await life.drain.run();
  const { id: theirs } = await startPreview(other, {
    sources: [{ kind: 'file', network: 'bluesky', uploadId }],
    threshold: 1,
    connectionIds: [connectionId],
    action: 'block',
    hold: '6w',
    ...CALM_RULES,
  });
  await life.drain.run();
  await raise(other, { id: theirs });
  await life.drain.run();
  const blocked = async () =>
    (await life.sandbox.control.records('app.bsky.graph.block', OTHER)).flatMap((repo) => repo.records).length;
  expect(await blocked()).toBe(27);

  await written(CAUGHT, 'Please');
  await written(TROLL, 'You will be sorry', 'other');
  const [caught, troll] = await listAppeals(life.member, { id });
  await answerAppeal(life.member, { id: `${caught?.id}`, takeOff: true });
  await answerAppeal(life.member, { id: `${troll?.id}`, takeOff: false });
  await life.drain.run();
  expect(await blocked()).toBe(26);
  expect((await listShared(other)).taken[0]).toMatchObject({ forgiven: 1, size: 26 });
  expect(await waitingOn(id)).toBe(0);
  // Nothing of what they wrote is kept, and neither of them comes again.
  expect(await count('appeals WHERE words IS NOT NULL')).toBe(0);
  await life.sandbox.control.advance(WAITS + DAY);
  await written(CAUGHT);
  await written(TROLL, 'Again and again');
  expect(await waitingOn(id)).toBe(0);
  await expect(answerAppeal(life.member, { id: `${troll?.id}`, takeOff: true })).rejects.toMatchObject({
    problem: 'already_done',
  });
  const { rows } = await admin.query<{ action: string }>(
    `SELECT action FROM audit WHERE action LIKE 'list.%' AND tenant_id = $1 ORDER BY id`,
    [life.member.actor.tenantId],
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'list.published',
    'list.appealed',
    'list.appealed',
    'list.taken_off',
    'list.appeal_left',
  ]);
});

test('nobody is buried: one an account, twenty at a time, none for who does not hear, and old ones go', async () => {
  const { id } = await published();
  const { rows } = await admin.query<{ handle: string }>(
    `SELECT handle FROM profiles WHERE handle NOT IN ($1, $2, $3) ORDER BY handle`,
    [AUTHOR, CAUGHT, TROLL],
  );
  await written(CAUGHT, 'first');
  await written(CAUGHT, 'second');
  const [first] = await listAppeals(life.member, { id });
  expect(await readAppeal(life.member, { id: `${first?.id}` })).toEqual({ words: 'first' });
  for (const { handle } of rows.slice(0, MOST_WAITING + 2)) {
    await writeAppeal(life.member, { network: 'bluesky', account: handle, reason: 'other', words: '' });
  }
  await life.drain.run();
  expect(await waitingOn(id)).toBe(MOST_WAITING);
  expect(await count('written_appeals')).toBe(0);

  // Whom the author takes off by hand is answered, too.
  await takeOff(life.member, { id, query: CAUGHT });
  expect(await waitingOn(id)).toBe(MOST_WAITING - 1);
  await life.sandbox.control.advance(WAITS + DAY);
  await life.drain.run();
  expect(await waitingOn(id)).toBe(0);
  await written(TROLL, 'hello');
  expect(await waitingOn(id)).toBe(1);
  await hear(life.member, { id, hears: false });
  expect(await waitingOn(id)).toBe(0);
  await written(`${rows[24]?.handle}`, 'hello');
  expect(await waitingOn(id)).toBe(0);
  await hear(life.member, { id, hears: true });
  await written(`${rows[24]?.handle}`, 'hello');
  expect(await waitingOn(id)).toBe(1);
  await endList(life.member, { id });
  await life.drain.run();
  expect(await count('appeals')).toBe(0);
});

test('what was written arrives even if its job is lost', async () => {
  const { id } = await published();
  await admin.query(
    `INSERT INTO written_appeals (id, network, account, reason, written_at, wake_at) VALUES ($1, 'bluesky', $2, 'other', $3, $3)`,
    [newId(), CAUGHT, life.sandbox.clock.now()],
  );
  await life.drain.run();
  expect(await waitingOn(id)).toBe(1);
});

test('of those who write at once no more wait than of those who write one after the other', async () => {
  const { id } = await published();
  const { rows } = await admin.query<{ handle: string }>('SELECT handle FROM profiles WHERE handle <> $1', [AUTHOR]);
  const ids = rows.slice(0, MOST_WAITING + 6).map(({ handle }) => ({ appealId: newId(), handle }));
  for (const { appealId, handle } of ids) {
    await admin.query(
      `INSERT INTO written_appeals (id, network, account, reason, written_at, wake_at) VALUES ($1, 'bluesky', $2, 'other', $3, $3)`,
      [appealId, handle, life.sandbox.clock.now()],
    );
  }
  await Promise.all(ids.map((ref) => deliverAppeal(life.worker, ref)));
  expect(await waitingOn(id)).toBe(MOST_WAITING);
});
