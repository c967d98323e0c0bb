import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tidAt } from '../ids/tid.ts';
import { type Sandbox, startSandbox } from '../start.ts';
import { BLOCK } from '../state/events.ts';
import { PASSWORD, SMALL_WORLD, TROLL, VICTIM } from '../testing/small-world.ts';
import { type Tokens, type Wire, wireTo } from '../testing/wire.ts';
import { blockRecord, create, remove } from '../testing/writes.ts';

type Applied = { commit: { cid: string; rev: string }; results: { $type: string; uri?: string }[] };
type Created = { uri: string; cid: string; commit: { cid: string; rev: string } };
type Listed = { records: { uri: string; cid: string; value: { subject: string } }[]; cursor?: string };

let sandbox: Sandbox;
let wire: Wire;
let me: Tokens;
let crowd: string[];
beforeAll(async () => {
  sandbox = await startSandbox({ world: SMALL_WORLD, limits: false });
  wire = wireTo(sandbox.url);
  crowd = (await sandbox.control.followers(TROLL, 0, 250)).map(({ did }) => did);
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control.reset();
  me = await wire.signIn(VICTIM, PASSWORD);
});

const apply = <T = Applied>(writes: unknown[], more: object = {}) =>
  wire.call<T>('com.atproto.repo.applyWrites', { token: me.accessJwt, body: { repo: me.did, writes, ...more } });
const make = <T = Created>(record: unknown, more: object = {}) =>
  wire.call<T>('com.atproto.repo.createRecord', {
    token: me.accessJwt,
    body: { repo: me.did, collection: BLOCK, record, ...more },
  });
const list = (query: Record<string, string> = {}) =>
  wire.call<Listed>('com.atproto.repo.listRecords', { query: { repo: me.did, collection: BLOCK, ...query } });
const key = (n: number) => tidAt(1_795_000_000_000_000 + n, 5);
const blocked = async () =>
  (await sandbox.control.records(BLOCK, VICTIM))[0]?.records.map((record) => [record.key, record.subject]) ?? [];
const head = async () =>
  (await wire.call<{ cid: string }>('com.atproto.sync.getLatestCommit', { query: { did: me.did } })).body.cid;
const [first, second, third] = [0, 1, 2].map(key) as [string, string, string];

describe('applyWrites', () => {
  test('writes 200 in one commit, which is the new head', async () => {
    const { status, body } = await apply(crowd.slice(0, 200).map((did, i) => create(did, key(i))));
    expect(status).toBe(200);
    expect(body.results).toHaveLength(200);
    expect(body.results[0]?.uri).toBe(`at://${me.did}/${BLOCK}/${first}`);
    expect(await head()).toBe(body.commit.cid);
    expect(await blocked()).toHaveLength(200);
  });

  test('refuses 201', async () => {
    const { status, body } = await apply(crowd.slice(0, 201).map((did) => create(did)));
    expect([status, body]).toEqual([400, { error: 'InvalidRequest', message: 'Too many writes. Max: 200' }]);
    expect(await blocked()).toEqual([]);
  });

  test('makes a second record for the same person', async () => {
    await apply([create(crowd[0] ?? '', first)]);
    await apply([create(crowd[0] ?? '', second)]);
    expect(await blocked()).toEqual([
      [first, crowd[0]],
      [second, crowd[0]],
    ]);
  });

  test('loses the whole batch to a key that exists, and to one that is missing', async () => {
    await apply([create(crowd[0] ?? '', first)]);
    const untyped = { error: 'InternalServerError', message: 'Internal Server Error' };
    const taken = await apply([create(crowd[1] ?? '', second), create(crowd[2] ?? '', first)]);
    expect([taken.status, taken.body]).toEqual([500, untyped]);
    const missing = await apply([remove(first), remove(third)]);
    expect([missing.status, missing.body]).toEqual([500, untyped]);
    const twice = await apply([create(crowd[1] ?? '', second), create(crowd[2] ?? '', second)]);
    expect(twice.status).toBe(500);
    expect(await blocked()).toEqual([[first, crowd[0]]]);
  });

  test('takes a write only on the commit that it names', async () => {
    const old = await head();
    const { body } = await apply([create(crowd[0] ?? '', first)], { swapCommit: old });
    const late = await apply<{ error: string }>([create(crowd[1] ?? '', second)], { swapCommit: old });
    expect([late.status, late.body.error]).toEqual([400, 'InvalidSwap']);
    expect((await apply([remove(first)], { swapCommit: body.commit.cid })).status).toBe(200);
    expect(await blocked()).toEqual([]);
  });

  test.each([
    ['a key that is no TID', create('did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', 'mine'), 'Invalid TID string'],
    ['a subject that is no DID', create('troll', first), `Invalid ${BLOCK} record: Record/subject must be a valid did`],
  ])('refuses %s', async (_, write, message) => {
    const { status, body } = await apply([create(crowd[0] ?? '', second), write]);
    expect([status, body]).toEqual([400, { error: 'InvalidRequest', message }]);
    expect(await blocked()).toEqual([]);
  });

  test('lets one block oneself, the unknown and those put away', async () => {
    await sandbox.control.perform({ do: 'set-status', account: crowd[0] ?? '', status: 'deactivated' });
    const { status } = await apply([
      create(me.did),
      create('did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'),
      create(crowd[0] ?? ''),
    ]);
    expect(status).toBe(200);
  });

  test('writes to nobody else’s repository', async () => {
    const other = await wire.call('com.atproto.repo.applyWrites', {
      token: me.accessJwt,
      body: { repo: TROLL, writes: [create(crowd[0] ?? '')] },
    });
    expect([other.status, other.body.error]).toEqual([401, 'AuthenticationRequired']);
  });
});

describe('createRecord', () => {
  test('replaces the older records of the same person under a new key', async () => {
    await apply([create(crowd[0] ?? '', first), create(crowd[0] ?? '', second), create(crowd[1] ?? '', third)]);
    const { body } = await make(blockRecord(crowd[0] ?? ''));
    const made = body.uri.split('/').at(-1);
    expect([first, second]).not.toContain(made);
    expect(await blocked()).toEqual(
      expect.arrayContaining([
        [third, crowd[1]],
        [made, crowd[0]],
      ]),
    );
    expect(await blocked()).toHaveLength(2);
    expect(await head()).toBe(body.commit.cid);
  });

  test('under a key that exists is an untyped 500', async () => {
    await make(blockRecord(crowd[0] ?? ''), { rkey: first });
    expect((await make(blockRecord(crowd[1] ?? ''), { rkey: first })).status).toBe(500);
  });
});

describe('deleteRecord', () => {
  test('deletes, and finds nothing wrong with a record that is gone', async () => {
    await apply([create(crowd[0] ?? '', first)]);
    const gone = () =>
      wire.call<{ commit?: object }>('com.atproto.repo.deleteRecord', {
        token: me.accessJwt,
        body: { repo: me.did, collection: BLOCK, rkey: first },
      });
    expect((await gone()).body.commit).toBeDefined();
    const again = await gone();
    expect([again.status, again.body]).toEqual([200, {}]);
    expect(await blocked()).toEqual([]);
  });
});

describe('listRecords', () => {
  beforeEach(() => apply(crowd.slice(0, 5).map((did, i) => create(did, key(i)))));
  const keys = ({ records }: Listed) => records.map(({ uri }) => uri.split('/').at(-1));

  test('goes from the newest to the oldest, page by page, and ends without a cursor', async () => {
    const one = (await list({ limit: '3' })).body;
    expect(keys(one)).toEqual([4, 3, 2].map(key));
    expect(one.cursor).toBe(key(2));
    const two = (await list({ limit: '3', cursor: one.cursor ?? '' })).body;
    expect(keys(two)).toEqual([1, 0].map(key));
    expect((await list({ cursor: two.cursor ?? '' })).body).toEqual({ records: [] });
  });

  test('goes the other way when reversed', async () => {
    expect(keys((await list({ reverse: 'true', limit: '2' })).body)).toEqual([0, 1].map(key));
  });

  test.each(['0', '101', 'many'])('refuses a limit of %s', async (limit) => {
    expect((await list({ limit })).status).toBe(400);
  });

  test('has one record at a time for whoever asks for one', async () => {
    const ask = (rkey: string) =>
      wire.call<{ error?: string; value?: { subject: string } }>('com.atproto.repo.getRecord', {
        query: { repo: VICTIM, collection: BLOCK, rkey },
      });
    expect((await ask(first)).body.value?.subject).toBe(crowd[0]);
    expect((await ask(key(99))).body.error).toBe('RecordNotFound');
  });
});
