import { HOUR, newId } from '@secateur/base';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CALM_RULES } from '../exemptions/policy/index.ts';
import { getShield, listTargets, raise, startPreview, stopKeepingUp } from '../shields/index.ts';
import type { PreviewInput } from '../shields/schemas.ts';
import { around, type Life, startLife } from '../testing/index.ts';
import { acceptChanges, endList, freeze, listShared, lookAtList, publish, subscribe, takeOff } from './index.ts';

const [AUTHOR, OTHER, TROLL, FRIEND] = ['author', 'other', 'troll', 'friend'].map((name) => `${name}.sandbox.test`);
const CROWD = 10;
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: `${AUTHOR}`, password: 'pass-word' },
      { handle: `${OTHER}`, password: 'pass-word' },
      { handle: `${TROLL}`, followers: CROWD },
      { handle: `${FRIEND}` },
    ],
  },
  // The author's friend and the author themselves are in the crowd.
  { do: 'follow', account: `${FRIEND}`, subject: [`${TROLL}`] },
  { do: 'follow', account: `${AUTHOR}`, subject: [`${TROLL}`, `${FRIEND}`] },
];

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let other: Life['member'];
let connectionId: string;
let shieldId: string;
beforeEach(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: WORLD });
  const mine = await life.connect(`${AUTHOR}`, 'pass-word');
  other = await life.stranger();
  connectionId = await life.connect(`${OTHER}`, 'pass-word', other);
  ({ id: shieldId } = await life.preview({ query: `${TROLL}`, connectionIds: [mine], hold: '7d' }));
  await life.drain.run();
  await raise(life.member, { id: shieldId });
  await life.drain.run();
});
afterEach(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

async function published() {
  const { id, token } = await publish(life.member, {
    shieldId,
    network: 'bluesky',
    title: 'Crowd of the week',
    hears: true,
  });
  await life.drain.run();
  return { id, token };
}

async function taken(token: string, mode: 'follow' | 'freeze'): Promise<string> {
  const { id } = await subscribe(other, { token, mode });
  await life.drain.run();
  return id;
}

/** A shield of the subscriber's, of their copy of the list and of what else is named. */
async function shielded(uploadId: string, more: PreviewInput['sources'] = [], keepUp = false): Promise<string> {
  const { id } = await startPreview(other, {
    // Called a file, as the form calls whatever has members of its own: it is what it is.
    sources: [{ kind: 'file', network: 'bluesky', uploadId }, ...more],
    threshold: 1,
    connectionIds: [connectionId],
    action: 'block',
    hold: '6w',
    ...CALM_RULES,
    keepUp,
  });
  await life.drain.run();
  await raise(other, { id });
  await life.drain.run();
  return id;
}

async function pass(ms: number): Promise<void> {
  await life.sandbox.control.advance(ms);
  await life.drain.run();
}

/** Those whom Secateur blocks for the subscriber, on the network itself. */
async function blocked(): Promise<string[]> {
  const all = await life.sandbox.control.records('app.bsky.graph.block', `${OTHER}`);
  return all.flatMap((r) => r.records).map((r) => r.subject);
}

async function didOf(handle: string): Promise<string> {
  const { rows } = await admin.query<{ native_id: string }>('SELECT native_id FROM profiles WHERE handle = $1', [
    handle,
  ]);
  return `${rows[0]?.native_id}`;
}

/** More people join the crowd that the author's shield means. */
async function grow(count: number): Promise<void> {
  await admin.query(
    `WITH p AS (INSERT INTO profiles (id, network, native_id, handle, seen_at)
                SELECT gen_random_uuid(), 'bluesky', 'did:plc:' || gen_random_uuid(), 'new' || n || '.test', now()
                FROM generate_series(1, $2::int) n RETURNING id),
          t AS (INSERT INTO targets (tenant_id, account_id, profile_id, action, shield_id, state)
                SELECT c.tenant_id, c.account_id, p.id, 'block', c.shield_id, 'spared' FROM shield_connections c, p
                WHERE c.shield_id = $1)
     UPDATE shield_connections SET total = total + $2 WHERE shield_id = $1`,
    [shieldId, count],
  );
  await pass(HOUR);
  await pass(HOUR);
}

const mineOf = async () => (await listShared(other)).taken;

test('a list has everybody in the crowd, whomever of them the author spares or is', async () => {
  const spared = (await listTargets(life.member, { id: shieldId, filter: 'spared', after: null })).items;
  expect(spared.map(({ reason }) => reason).sort()).toEqual(['you_follow', 'yourself']);
  const { token } = await published();
  expect(await lookAtList(other, { token })).toEqual({
    title: 'Crowd of the week',
    network: 'bluesky',
    size: CROWD + 3,
  });
  const id = await taken(token, 'follow');
  expect(await mineOf()).toMatchObject([{ id, size: CROWD + 3, complete: true, asks: null, endedAt: null }]);
  await shielded(id);
  const hit = await blocked();
  expect(hit).toHaveLength(CROWD + 3);
  expect(hit).toContain(await didOf(`${FRIEND}`));
  expect(hit).toContain(await didOf(`${AUTHOR}`));
});

test('nobody finds a list by guessing, by its id, or once it has ended; a shield of somebody else’s list is not published', async () => {
  const { id, token } = await published();
  const gone = { problem: 'not_found' };
  await expect(lookAtList(other, { token: 'A'.repeat(43) })).rejects.toMatchObject(gone);
  await expect(endList(other, { id })).rejects.toMatchObject(gone);
  await expect(takeOff(other, { id, query: `${TROLL}` })).rejects.toMatchObject(gone);
  const uploadId = await taken(token, 'follow');
  const theirs = await shielded(uploadId);
  const again = { shieldId: theirs, network: 'bluesky', title: 'Mine now', hears: true };
  await expect(publish(other, again)).rejects.toMatchObject({ problem: 'not_shareable' });
  await endList(life.member, { id });
  await expect(subscribe(other, { token, mode: 'follow' })).rejects.toMatchObject(gone);
  const { rows } = await admin.query<{ text: string }>('SELECT t::text AS text FROM shared_lists t');
  expect(rows[0]?.text).not.toContain(token);
});

test('what the author takes off is forgiven for who has it only from there', async () => {
  const { id, token } = await published();
  const uploadId = await taken(token, 'follow');
  const frozen = await taken(token, 'freeze');
  // One is named by another shield, and another by this one itself.
  const handleOf = async (n: number) => {
    const { rows } = await admin.query<{ handle: string }>(
      `SELECT handle FROM profiles WHERE handle NOT IN ($1, $2, $3, $4) ORDER BY handle LIMIT 1 OFFSET $5`,
      [AUTHOR, OTHER, TROLL, FRIEND, n],
    );
    return `${rows[0]?.handle}`;
  };
  const [one, two, three] = [await handleOf(0), await handleOf(1), await handleOf(2)];
  const theirs = await shielded(uploadId, [{ kind: 'account', network: 'bluesky', query: one }]);
  const beside = await startPreview(other, {
    sources: [{ kind: 'account', network: 'bluesky', query: two }],
    ...{ threshold: 1, connectionIds: [connectionId], action: 'block', hold: '6w' },
    ...CALM_RULES,
  });
  await life.drain.run();
  await raise(other, beside);
  await life.drain.run();
  expect(await blocked()).toHaveLength(CROWD + 3);

  await expect(takeOff(life.member, { id, query: 'nobody.example' })).rejects.toMatchObject({ problem: 'not_on_list' });
  for (const query of [one, `@${two}`, await didOf(three)]) await takeOff(life.member, { id, query });
  await life.drain.run();
  const left = await blocked();
  expect(left).toHaveLength(CROWD + 2);
  expect(left).not.toContain(await didOf(three));
  expect(left).toContain(await didOf(one));
  expect(left).toContain(await didOf(two));
  expect((await getShield(other, { id: theirs })).counts).toMatchObject({ done: CROWD + 1, over: 2 });
  const lists = await mineOf();
  expect(lists.find((l) => l.id === uploadId)).toMatchObject({ forgiven: 3, size: CROWD });
  expect(lists.find((l) => l.id === frozen)).toMatchObject({ forgiven: 0, size: CROWD + 3 });
  // The author's own shield goes on as before.
  expect((await getShield(life.member, { id: shieldId })).counts).toMatchObject({ done: CROWD + 1, over: 0 });
});

test('a few more come by themselves and are hit; many wait for a yes, also drop by drop; a frozen list stays as it was', async () => {
  const { token } = await published();
  const uploadId = await taken(token, 'follow');
  const frozen = await taken(token, 'freeze');
  const theirs = await shielded(uploadId);
  await grow(60);
  expect((await mineOf()).find((l) => l.id === uploadId)).toMatchObject({
    added: 60,
    asks: null,
    size: CROWD + 63,
    changedAt: expect.any(Date),
  });
  expect((await getShield(other, { id: theirs })).counts.total).toBe(CROWD + 63);
  await grow(60);
  const asking = (await mineOf()).find((l) => l.id === uploadId);
  expect(asking).toMatchObject({ added: 60, asks: { count: 60 }, size: CROWD + 63 });
  expect((await getShield(other, { id: theirs })).counts.total).toBe(CROWD + 63);
  const change = asking?.asks?.change ?? 0;
  await grow(200);
  await acceptChanges(other, { id: uploadId, change });
  await life.drain.run();
  // What came after the question is asked about anew.
  expect((await mineOf()).find((l) => l.id === uploadId)).toMatchObject({ added: 120, asks: { count: 200 } });
  expect((await getShield(other, { id: theirs })).counts.total).toBe(CROWD + 123);
  await freeze(other, { id: uploadId });
  await grow(1);
  expect((await mineOf()).find((l) => l.id === uploadId)).toMatchObject({ mode: 'freeze', asks: null, added: 120 });
  expect((await mineOf()).find((l) => l.id === frozen)).toMatchObject({ added: 0, size: CROWD + 3 });
});

test('a list that grows takes nobody up with it whom somebody else’s keeping up found in another crowd', async () => {
  const { token } = await published();
  const uploadId = await taken(token, 'follow');
  const theirs = await shielded(uploadId, around(`${TROLL}`, { account: false }), true);
  await pass(2 * HOUR);
  await stopKeepingUp(other, { id: theirs });
  const [mine] = (await getShield(life.member, { id: shieldId })).connections;
  const keeper = await life.preview({ query: `${TROLL}`, connectionIds: [`${mine?.id}`], hold: '7d', keepUp: true });
  await life.drain.run();
  await raise(life.member, keeper);
  await life.sandbox.control.addAccounts([{ handle: 'late.sandbox.test' }]);
  await life.sandbox.control.perform({ do: 'follow', account: 'late.sandbox.test', subject: `${TROLL}` });
  await pass(HOUR);
  await pass(HOUR);
  expect((await getShield(life.member, keeper)).keeping?.came).toBe(1);
  const { total } = (await getShield(other, { id: theirs })).counts;
  await grow(1);
  expect((await getShield(other, { id: theirs })).counts.total).toBe(total + 1);
  expect(await blocked()).not.toContain(await didOf('late.sandbox.test'));
});

test('when a link ends, who follows it keeps what they have, and is told', async () => {
  const { id, token } = await published();
  const uploadId = await taken(token, 'follow');
  const theirs = await shielded(uploadId);
  await endList(life.member, { id });
  await life.drain.run();
  const [list] = await mineOf();
  expect(list?.endedAt).toEqual(life.sandbox.clock.now());
  expect(await blocked()).toHaveLength(CROWD + 3);
  expect((await getShield(other, { id: theirs })).state).toBe('holding');
  const { rows } = await admin.query<{ n: number }>('SELECT count(*)::int AS n FROM shared_members');
  expect(rows[0]?.n).toBe(0);
});

test('what crosses is who is on the list, and nothing else: a stranger’s role sees none of it without the token', async () => {
  await published();
  const { rows } = await admin.query<{ name: string; args: string }>(
    `SELECT p.proname AS name, pg_get_function_result(p.oid) AS args FROM pg_proc p
     WHERE p.pronamespace = 'across'::regnamespace AND p.proname LIKE 'shared\\_%' ORDER BY 1`,
  );
  expect(Object.fromEntries(rows.map(({ name, args }) => [name, args]))).toEqual({
    shared_added: 'TABLE(profile_id uuid, change integer)',
    shared_due: 'TABLE(kind text, tenant_id uuid, id uuid)',
    shared_forgiven: 'TABLE(profile_id uuid, change integer)',
    shared_list: 'TABLE(title text, network network, size integer, change integer, filled boolean)',
  });
  const web = new pg.Client(database.web);
  await web.connect();
  await expect(web.query('SELECT * FROM shared_members')).resolves.toMatchObject({ rowCount: 0 });
  await expect(web.query(`SELECT * FROM across.shared_added('\\x00', 0, $1, 9)`, [newId()])).rejects.toThrow('denied');
  await web.end();
});
