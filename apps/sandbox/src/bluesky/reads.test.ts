import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../start.ts';
import { PASSWORD, SMALL_WORLD, TROLL, VICTIM } from '../testing/small-world.ts';
import { type Wire, wireTo } from '../testing/wire.ts';

type Profile = { did: string; handle: string; viewer?: { blocking?: string; muted?: boolean; followedBy?: string } };
type Page = { followers: Profile[]; follows: Profile[]; cursor?: string; subject: Profile };

let sandbox: Sandbox;
let wire: Wire;
beforeAll(async () => {
  sandbox = await startSandbox({ world: SMALL_WORLD, limits: false });
  wire = wireTo(sandbox.url);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control.reset());

const graph = <T = Page>(method: string, query: [string, string][] | Record<string, string>, token?: string) =>
  wire.call<T>(`app.bsky.graph.${method}`, { query, ...(token === undefined ? {} : { token }) });
const profile = (actor: string, token?: string) =>
  wire.call<Profile & { error?: string; message?: string }>('app.bsky.actor.getProfile', {
    query: { actor },
    ...(token === undefined ? {} : { token }),
  });
const person = async (name: string) => (await sandbox.control.person(name))?.did ?? '';

async function followers(actor: string, limit: number, token?: string) {
  const pages: Profile[][] = [];
  let cursor: string | undefined;
  do {
    const { body } = await graph(
      'getFollowers',
      { actor, limit: String(limit), ...(cursor === undefined ? {} : { cursor }) },
      token,
    );
    pages.push(body.followers);
    cursor = body.cursor;
  } while (cursor !== undefined);
  return { pages, dids: pages.flat().map(({ did }) => did) };
}

describe('followers', () => {
  test('are every active follower once, at any page size, those who came last first', async () => {
    const friend = await person(`${VICTIM}#1`);
    await sandbox.control.perform({ do: 'follow', account: friend, subject: TROLL });
    const computed = await sandbox.control.followers(TROLL, 0, 250);
    const active = computed.filter(({ status }) => status === 'active').map(({ did }) => did);
    const expected = [friend, ...active.toReversed()];
    for (const limit of [1, 7, 100]) expect((await followers(TROLL, limit)).dids).toEqual(expected);
  });

  test('come in pages that may be short, and sometimes empty with a cursor', async () => {
    await sandbox.control.perform({ do: 'set-status', account: `${TROLL}#249`, status: 'deactivated' });
    const { pages } = await followers(TROLL, 5);
    expect(pages.some((page) => page.length > 0 && page.length < 5)).toBe(true);
    expect(pages.slice(0, -1).some((page) => page.length === 0)).toBe(true);
  });

  test('leave out whoever stopped following', async () => {
    const [first = { did: '' }] = await sandbox.control.followers(TROLL, 3, 1);
    await sandbox.control.perform({ do: 'unfollow', account: first.did, subject: TROLL });
    expect((await followers(TROLL, 100)).dids).not.toContain(first.did);
    await sandbox.control.perform({ do: 'follow', account: first.did, subject: TROLL });
    expect((await followers(TROLL, 100)).dids).toContain(first.did);
  });

  test('that the viewer blocks are shown to strangers and not to the viewer', async () => {
    const { accessJwt } = await wire.signIn(VICTIM, PASSWORD);
    const did = await person(`${TROLL}#5`);
    await sandbox.control.perform({ do: 'block', account: VICTIM, subject: did });
    expect((await followers(TROLL, 100)).dids).toContain(did);
    expect((await followers(TROLL, 100, accessJwt)).dids).not.toContain(did);
  });

  test.each(['nobody.sandbox.test', 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'])('of %s are refused', async (actor) => {
    const { status, body } = await wire.call('app.bsky.graph.getFollowers', { query: { actor } });
    expect([status, body]).toEqual([400, { error: 'InvalidRequest', message: `Actor not found: ${actor}` }]);
  });

  test('after a cursor that is none are no one', async () => {
    expect((await graph('getFollowers', { actor: TROLL, cursor: 'rubbish' })).body.followers).toEqual([]);
  });

  test('of a computed person are none, and they follow whom they were born to follow', async () => {
    const did = await person(`${TROLL}#8`);
    await sandbox.control.perform({ do: 'follow', account: did, subject: VICTIM });
    expect((await graph('getFollowers', { actor: did })).body.followers).toEqual([]);
    const { follows } = (await graph('getFollows', { actor: did })).body;
    expect(follows.map(({ handle }) => handle)).toEqual([VICTIM, TROLL]);
  });
});

describe('profiles', () => {
  test('of computed people are found by DID and by handle', async () => {
    const [one = { did: '', handle: '' }] = (await sandbox.control.followers(TROLL, 0, 250)).filter(
      ({ status }) => status === 'active',
    );
    expect((await profile(one.did)).body).toMatchObject(one.handle === '' ? {} : { handle: one.handle });
    expect((await profile(one.handle)).body.did).toBe(one.did);
  });

  test.each([
    ['deactivated', 'AccountDeactivated'],
    ['suspended', 'AccountTakedown'],
    ['deleted', 'InvalidRequest'],
  ] as const)('of %s accounts are %s', async (status, error) => {
    await sandbox.control.perform({ do: 'set-status', account: TROLL, status });
    const answer = await profile(TROLL);
    expect([answer.status, answer.body.error]).toEqual([400, error]);
  });

  test('of nobody are not found, nor is the handle', async () => {
    expect((await profile('nobody.sandbox.test')).body).toEqual({
      error: 'InvalidRequest',
      message: 'Profile not found',
    });
    const handle = await wire.call('com.atproto.identity.resolveHandle', { query: { handle: 'nobody.sandbox.test' } });
    expect([handle.status, handle.body.error]).toEqual([400, 'HandleNotFound']);
  });

  test('tell a viewer how they stand to each other', async () => {
    const { accessJwt } = await wire.signIn(VICTIM, PASSWORD);
    await sandbox.control.perform(
      { do: 'block', account: VICTIM, subject: TROLL },
      { do: 'mute', account: VICTIM, subject: TROLL },
      { do: 'follow', account: TROLL, subject: VICTIM },
    );
    const { viewer } = (await profile(TROLL, accessJwt)).body;
    expect(viewer).toMatchObject({ muted: true, blocking: expect.stringMatching(/^at:/) });
    expect(viewer?.followedBy).toMatch(/app\.bsky\.graph\.follow/);
    expect((await profile(TROLL)).body.viewer).toBeUndefined();
  });

  test('come 25 at a time, without those that can’t be shown', async () => {
    const ask = (actors: string[]) =>
      wire.call<{ profiles: Profile[] }>('app.bsky.actor.getProfiles', {
        query: actors.map((actor): [string, string] => ['actors', actor]),
      });
    const { body } = await ask([VICTIM, 'nobody.sandbox.test', TROLL]);
    expect(body.profiles.map(({ handle }) => handle)).toEqual([VICTIM, TROLL]);
    expect((await ask(Array.from({ length: 26 }, () => TROLL))).status).toBe(400);
  });

  test('keep their DID when the handle changes', async () => {
    const did = await person(TROLL);
    await sandbox.control.perform({ do: 'rename', account: TROLL, handle: 'renamed.sandbox.test' });
    expect((await profile(did)).body.handle).toBe('renamed.sandbox.test');
    expect((await profile(TROLL)).status).toBe(400);
  });
});

describe('relationships', () => {
  type Relations = { relationships: { $type: string; did?: string; following?: string; followedBy?: string }[] };
  const ask = (actor: string, others: string[]) =>
    graph<Relations>('getRelationships', [['actor', actor], ...others.map((o): [string, string] => ['others', o])]);

  test('are known for computed people, both ways, without credentials', async () => {
    const [fan, stranger] = [await person(`${VICTIM}#0`), await person(`${TROLL}#0`)];
    await sandbox.control.perform({ do: 'follow', account: VICTIM, subject: fan });
    const { relationships } = (await ask(VICTIM, [fan, stranger, 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'])).body;
    expect(relationships[0]).toMatchObject({ following: expect.any(String), followedBy: expect.any(String) });
    expect(relationships[1]).toEqual({ $type: 'app.bsky.graph.defs#relationship', did: stranger });
    expect(relationships[2]?.$type).toBe('app.bsky.graph.defs#notFoundActor');
  });

  test('are told for 30 and refused for 31', async () => {
    const dids = (await sandbox.control.followers(TROLL, 0, 31)).map(({ did }) => did);
    expect((await ask(TROLL, dids.slice(0, 30))).body.relationships).toHaveLength(30);
    expect((await ask(TROLL, dids)).status).toBe(400);
  });
});

describe('mutes and blocks', () => {
  test('of one’s own are listed, newest first, and muting twice is muting once', async () => {
    const { accessJwt: token } = await wire.signIn(VICTIM, PASSWORD);
    const [one, two] = [await person(`${TROLL}#0`), await person(`${TROLL}#1`)];
    const mute = (verb: string, actor: string) => wire.call(`app.bsky.graph.${verb}`, { token, body: { actor } });
    for (const actor of [one, two, two]) expect((await mute('muteActor', actor)).status).toBe(200);
    const muted = () => graph<{ mutes: Profile[]; cursor?: string }>('getMutes', { limit: '1' }, token);
    expect((await muted()).body).toMatchObject({ mutes: [{ did: two }], cursor: '1' });
    expect((await mute('unmuteActor', two)).body).toBeNull();
    expect((await muted()).body.mutes.map(({ did }) => did)).toEqual([one]);
    await sandbox.control.perform({ do: 'block', account: VICTIM, subject: [one, two] });
    const { blocks } = (await graph<{ blocks: Profile[] }>('getBlocks', {}, token)).body;
    expect(blocks.map(({ did }) => did)).toEqual([two, one]);
  });
});

describe('the directory', () => {
  test('says that everybody’s server is this one', async () => {
    for (const name of [VICTIM, `${TROLL}#9`]) {
      const who = await sandbox.control.person(name);
      const document = await (await fetch(`${sandbox.url}/${who?.did}`)).json();
      expect(document).toMatchObject({
        id: who?.did,
        alsoKnownAs: [`at://${who?.handle}`],
        service: [{ id: '#atproto_pds', serviceEndpoint: sandbox.url }],
      });
    }
  });

  test('knows no other DIDs', async () => {
    expect((await fetch(`${sandbox.url}/did:plc:aaaaaaaaaaaaaaaaaaaaaaaa`)).status).toBe(404);
  });
});

test('a method that is not there, and one asked with the wrong verb', async () => {
  expect((await wire.call('com.example.nothing')).status).toBe(501);
  expect((await wire.call('com.atproto.repo.applyWrites')).status).toBe(400);
});
