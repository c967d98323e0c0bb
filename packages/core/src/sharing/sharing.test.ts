import { DAY, HOUR, MINUTE, newId } from '@secateur/base';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CALM_RULES } from '../exemptions/policy/index.ts';
import { getShield, listTargets, raise, startPreview, stopKeepingUp } from '../shields/index.ts';
import type { PreviewInput } from '../shields/schemas.ts';
import { around, type Life, startLife } from '../testing/index.ts';
import {
  acceptChanges,
  endList,
  fillList,
  freeze,
  listShared,
  lookAtList,
  publish,
  subscribe,
  syncSubscription,
  takeOff,
} from './index.ts';
import { COUNTED } from './sync.ts';

const [AUTHOR, OTHER, SECOND, TROLL, FRIEND] = ['author', 'other', 'second', 'troll', 'friend'].map(
  (name) => `${name}.sandbox.test`,
) as [string, string, string, string, string];
const CROWD = 10;
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: `${AUTHOR}`, password: 'pass-word' },
      { handle: `${OTHER}`, password: 'pass-word' },
      { handle: `${SECOND}`, password: 'pass-word' },
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
async function shielded(
  uploadId: string,
  more: PreviewInput['sources'] = [],
  wish: Partial<PreviewInput> = {},
): Promise<string> {
  const { id } = await startPreview(other, {
    // Called a file, as the form calls whatever has members of its own: it is what it is.
    sources: [{ kind: 'file', network: 'bluesky', uploadId }, ...more],
    threshold: 1,
    connectionIds: [connectionId],
    action: 'block',
    hold: '6w',
    ...CALM_RULES,
    ...wish,
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

/** Some of the crowd, who are nobody's friend. */
async function somebody(count: number): Promise<string[]> {
  const { rows } = await admin.query<{ handle: string }>(
    'SELECT handle FROM profiles WHERE handle <> ALL ($1) ORDER BY handle LIMIT $2',
    [[AUTHOR, OTHER, SECOND, TROLL, FRIEND], count],
  );
  return rows.map(({ handle }) => handle);
}

/** Tenants of the two, as jobs name them. */
const list = (listId: string) => ({ tenantId: life.member.actor.tenantId, listId });
const copy = (subscriptionId: string) => ({ tenantId: other.actor.tenantId, subscriptionId });

/** As if whoever had them had died. */
async function loseJobs(lane: 'critical' | 'standard'): Promise<void> {
  await admin.query(`DELETE FROM queue_${lane}._private_jobs`);
}

/** Settles once a session waits for a lock of another. */
async function somebodyWaits(): Promise<void> {
  const asked = `SELECT 1 FROM pg_stat_clear_snapshot(), pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await admin.query(asked)).rowCount === 0);
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
  const [one = '', two = '', three = ''] = await somebody(3);
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
  const theirs = await shielded(uploadId, around(`${TROLL}`, { account: false }), { keepUp: true });
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

test('whoever is forgiven while they are in another crowd of the shield stays, planned there already or not', async () => {
  const { id, token } = await published();
  const uploadId = await taken(token, 'follow');
  const theirs = await shielded(uploadId, [{ kind: 'followers', network: 'bluesky', query: TROLL }]);
  const [gang = ''] = await somebody(1);
  // The second crowd is known, and its turn has not come.
  await admin.query(`UPDATE sources SET planned_to = 0 WHERE shield_id = $1 AND kind = 'followers'`, [theirs]);
  await takeOff(life.member, { id, query: gang });
  await takeOff(life.member, { id, query: TROLL });
  await life.drain.run();
  const left = await blocked();
  expect(left).toContain(await didOf(gang));
  expect(left).not.toContain(await didOf(TROLL));
});

test('a shield whose first targets had their time takes up nobody more, and ends', async () => {
  const { token } = await published();
  const theirs = await shielded(await taken(token, 'follow'), [], { hold: '1d' });
  await grow(1);
  expect((await getShield(other, { id: theirs })).counts.total).toBe(CROWD + 4);
  // As if the first of them had been hit a day before the others.
  await admin.query(
    `UPDATE shield_connections SET first_done_at = first_done_at - interval '1 day' WHERE shield_id = $1`,
    [theirs],
  );
  await grow(1);
  expect(await mineOf()).toMatchObject([{ added: 2 }]);
  expect(await getShield(other, { id: theirs })).toMatchObject({ state: 'holding', counts: { total: CROWD + 4 } });
  await pass(DAY);
  expect((await getShield(other, { id: theirs })).state).toBe('ended');
});

test('who is let go is let go even if the job for it is lost', async () => {
  const { id, token } = await published();
  const uploadId = await taken(token, 'follow');
  const theirs = await shielded(uploadId);
  const [one = '', two = ''] = await somebody(2);
  const stateOf = async (handle: string) => {
    const { rows } = await admin.query<{ state: string }>(
      `SELECT t.state FROM targets t JOIN profiles p ON p.id = t.profile_id WHERE t.shield_id = $1 AND p.handle = $2`,
      [theirs, handle],
    );
    return rows[0]?.state;
  };
  await admin.query(
    `UPDATE effects e SET state = 'failed' FROM profiles p
     WHERE p.id = e.profile_id AND p.handle = ANY($1) AND e.tenant_id = $2`,
    [[one, two], other.actor.tenantId],
  );
  await takeOff(life.member, { id, query: one });
  await syncSubscription(life.worker, copy(uploadId));
  await loseJobs('critical');
  expect(await stateOf(one)).toBe('covering');
  await pass(2 * MINUTE);
  expect(await stateOf(one)).toBe('over');

  // The same of a shield that goes on with others at that moment: its wake-up is the plan's.
  await takeOff(life.member, { id, query: two });
  await admin.query(`UPDATE shields SET state = 'gathering', planned_at = NULL, wake_at = $2 WHERE id = $1`, [
    theirs,
    life.sandbox.clock.now(),
  ]);
  await syncSubscription(life.worker, copy(uploadId));
  await loseJobs('critical');
  await pass(0);
  expect(await stateOf(two)).toBe('covering');
  await pass(2 * MINUTE);
  expect(await stateOf(two)).toBe('over');
});

test('whoever forgives in several shields holds no account while waiting for another', async () => {
  const { id, token } = await published();
  const uploadId = await taken(token, 'follow');
  const both = [connectionId, await life.connect(`${SECOND}`, 'pass-word', other)];
  const { rows } = await admin.query<{ connection_id: string; account_id: string }>(
    'SELECT connection_id, account_id FROM network_accounts WHERE connection_id = ANY($1) ORDER BY account_id',
    [both],
  );
  const [low, high] = rows;
  // The first shield acts on the last of them.
  for (const account of [high, low]) await shielded(uploadId, [], { connectionIds: [`${account?.connection_id}`] });
  const [gone = ''] = await somebody(1);
  await takeOff(life.member, { id, query: gone });
  await loseJobs('standard');
  const account = 'SELECT FROM network_accounts WHERE tenant_id = $1 AND account_id = $2 FOR UPDATE';
  const holder = new pg.Client(database.admin);
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query(account, [other.actor.tenantId, low?.account_id]);
  const synced = syncSubscription(life.worker, copy(uploadId));
  await somebodyWaits();
  const next = holder.query(`${account} NOWAIT`, [other.actor.tenantId, high?.account_id]);
  await expect(next.finally(() => holder.query('ROLLBACK'))).resolves.toMatchObject({ rowCount: 1 });
  await synced;
  await holder.end();
});

test('an author waits for nobody who follows: a worker wakes them, once the list is free again', async () => {
  const { id, token } = await published();
  await taken(token, 'follow');
  const [one = '', two = ''] = await somebody(2);
  const holder = new pg.Client(database.admin);
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT FROM subscriptions FOR UPDATE');
  await takeOff(life.member, { id, query: one });
  const filled = fillList(life.worker, list(id));
  await somebodyWaits();
  await takeOff(life.member, { id, query: two });
  await endList(life.member, { id });
  await holder.query('COMMIT');
  await holder.end();
  await filled;
  await life.drain.run();
  expect(await mineOf()).toMatchObject([{ forgiven: 2, endedAt: life.sandbox.clock.now() }]);
  const web = new pg.Client(database.web);
  await web.connect();
  await expect(web.query(`SELECT across.wake_subscriptions('\\x00', now())`)).rejects.toThrow('denied');
  await web.end();
});

test('who was taken off before a list ended is forgiven by those who look later, and known for a week', async () => {
  const { id, token } = await published();
  const uploadId = await taken(token, 'follow');
  await shielded(uploadId);
  const [gone = ''] = await somebody(1);
  await takeOff(life.member, { id, query: gone });
  await endList(life.member, { id });
  // Nobody is there to wake them, and the list is cleared away first.
  await fillList(life.worker, list(id));
  const members = async () => (await admin.query('SELECT FROM shared_members')).rowCount;
  expect(await members()).toBe(1);
  await syncSubscription(life.worker, copy(uploadId));
  await life.drain.run();
  expect(await blocked()).not.toContain(await didOf(gone));
  expect(await mineOf()).toMatchObject([{ forgiven: 1, size: CROWD + 2, endedAt: life.sandbox.clock.now() }]);
  await pass(7 * DAY - MINUTE);
  expect(await members()).toBe(1);
  await pass(MINUTE);
  expect(await members()).toBe(0);
});

test('of several on a list with one stored name only the one whose id is given is taken off', async () => {
  const { id, token } = await published();
  const [one = '', two = ''] = await somebody(2);
  const did = await didOf(two);
  await admin.query('UPDATE profiles SET handle = $1 WHERE handle = $2', [one, two]);
  await expect(takeOff(life.member, { id, query: one })).rejects.toMatchObject({ problem: 'several_named' });
  expect((await lookAtList(other, { token })).size).toBe(CROWD + 3);
  await takeOff(life.member, { id, query: `https://bsky.app/profile/${did}` });
  const { rows } = await admin.query(
    'SELECT p.native_id FROM shared_members m JOIN profiles p ON p.id = m.profile_id WHERE m.taken_off',
  );
  expect(rows).toEqual([{ native_id: did }]);
});

test('a list is filled from where its last stretch ended; whoever follows is woken once it is', async () => {
  const { id, token } = await published();
  await taken(token, 'follow');
  const come = (first: string, count: number) =>
    admin.query(
      `WITH p AS (INSERT INTO profiles (id, network, native_id, handle, seen_at)
                  SELECT CASE n WHEN 1 THEN $2::uuid ELSE gen_random_uuid() END, 'bluesky', 'did:plc:' || gen_random_uuid(),
                         'came' || gen_random_uuid() || '.test', now() FROM generate_series(1, $3::int) n RETURNING id),
            t AS (INSERT INTO targets (tenant_id, account_id, profile_id, action, shield_id, state)
                  SELECT c.tenant_id, c.account_id, p.id, 'block', c.shield_id, 'spared' FROM shield_connections c, p
                  WHERE c.shield_id = $1)
       UPDATE shield_connections SET total = total + $3 WHERE shield_id = $1`,
      [shieldId, first, count],
    );
  const size = async () => (await lookAtList(other, { token })).size;
  const woken = async () =>
    (await admin.query('SELECT FROM subscriptions WHERE wake_at <= $1', [life.sandbox.clock.now()])).rowCount;
  await come('ffffffff-0000-4000-8000-000000000000', 2_500);
  await fillList(life.worker, list(id));
  expect([await size(), await woken()]).toEqual([CROWD + 2_003, 0]);
  await come('00000000-0000-4000-8000-000000000001', 1);
  await fillList(life.worker, list(id));
  expect([await size(), await woken()]).toEqual([CROWD + 2_503, 1]);
  await fillList(life.worker, list(id));
  expect(await size()).toBe(CROWD + 2_504);
});

test('of those who wait for a yes so many are counted and no more', async () => {
  const { id, token } = await published();
  const uploadId = await taken(token, 'follow');
  await admin.query(
    `WITH p AS (INSERT INTO profiles (id, network, native_id, handle, seen_at)
                SELECT gen_random_uuid(), 'bluesky', 'did:plc:' || gen_random_uuid(), 'many' || n || '.test', now()
                FROM generate_series(1, $3::int) n RETURNING id),
          l AS (UPDATE shared_lists SET change = change + 1 WHERE id = $2 RETURNING change)
     INSERT INTO shared_members (tenant_id, list_id, profile_id, change) SELECT $1, $2, p.id, l.change FROM p, l`,
    [life.member.actor.tenantId, id, COUNTED + 5],
  );
  await syncSubscription(life.worker, copy(uploadId));
  expect(await mineOf()).toMatchObject([{ asks: { count: COUNTED }, size: CROWD + 3 }]);
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
