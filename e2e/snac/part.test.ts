import { appsInMemory, createMastodon } from '@secateur/networks/mastodon';
import type { ActingAccount, Credentials } from '@secateur/networks/port';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Snac, startSnac } from './start.ts';
import { visitSnac } from './visit.ts';

/**
 * A real server that speaks a part of Mastodon's API: what the adapter does there, and that it says what is lacking. Not the whole
 * contract: that asks for what this server has not got.
 */
let server: Snac;
let port: ReturnType<typeof createMastodon>;
let account: ActingAccount;
let credentials: Credentials;
const me = { name: 'me', password: '' };
const actor = (name: string) => `http://${server.host}/${name}`;
const write = () => [{ nativeId: actor('loud'), key: null }];

beforeAll(async () => {
  server = await startSnac();
  me.password = server.addUser('me');
  for (const name of ['loud', 'friend']) server.addUser(name);
  server.follow('me', actor('friend'));
  const gate = { pass: async () => {} };
  const oauth = { appUrl: 'http://localhost:3420', apps: appsInMemory() };
  port = createMastodon({ gate, pagingGate: gate, allowLoopback: true, oauth });
  const sent = await port.oauth?.begin(`me@${server.host}`, ['block', 'mute']);
  const answer = await visitSnac(String(sent?.url), me);
  expect(answer.get('state')).toBe(sent?.state);
  const signed = await port.oauth?.finish(String(sent?.secret), answer);
  expect(signed?.profile).toMatchObject({ nativeId: actor('me'), handle: `me@${server.host}` });
  credentials = String(signed?.credentials);
  account = port.actFor(credentials, (renew) => renew(credentials));
});
afterAll(async () => {
  await port?.close();
  await server?.close();
});

test('accounts are found by handle, link and id; nobody is not found', async () => {
  for (const query of [`loud@${server.host}`, `@loud@${server.host}`, actor('loud')])
    expect(await port.resolve(query)).toMatchObject({ nativeId: actor('loud'), handle: `loud@${server.host}` });
  await expect(port.resolve(`nobody@${server.host}`)).rejects.toMatchObject({ problem: 'not_found' });
});

test('it is said what this server lacks: mutes', async () => {
  expect(port.grantOf(credentials).rights).toEqual(['block']);
  await expect(account.apply('mute', write(), null, new Date())).rejects.toMatchObject({ problem: 'rejected' });
});

test('blocks are made, told by relation, and lifted; as often as one likes', async () => {
  const held = async () => (await account.relations([actor('loud')]))[0]?.held;
  for (const _ of [1, 2]) await account.apply('block', write(), null, new Date());
  expect(await held()).toEqual(['block']);
  for (const _ of [1, 2]) await account.lift('block', write(), null);
  expect(await held()).toEqual([]);
});

test('what it holds is not listed, and nothing is concluded from that', async () => {
  expect(await account.held('block', { cursor: null })).toEqual({ items: [], cursor: null, untold: true });
});

test('own people are known at the moment of writing', async () => {
  expect(await account.relations([actor('friend'), actor('loud')])).toMatchObject([
    { follows: true },
    { follows: false },
  ]);
});

test('own people are not listed: only relations tell', async () => {
  expect(await account.following(null)).toMatchObject({ items: [], cursor: null });
});

test('its posts can’t be named: addresses of them hold no id that its API knows', async () => {
  const post = `${actor('loud')}/p/1763700000.000000`;
  await expect(port.locate('likers', post)).rejects.toMatchObject({ problem: 'not_found' });
  await expect(port.crowd('likers', post, null)).rejects.toMatchObject({ problem: 'not_found' });
});

test('whoever follows and is followed is nobody to strangers, and nothing is made up', async () => {
  expect((await port.crowd('followers', actor('friend'), null)).items).toEqual([]);
  expect(await port.locate('followers', `loud@${server.host}`)).toMatchObject({ ref: actor('loud'), title: null });
});

test('a list that is not there is an empty one: this server does not tell them apart', async () => {
  const gone = await account.crowd('list', `http://${server.host}/lists/1234`, null);
  expect(gone).toEqual({ items: [], cursor: null, total: null });
});

test('a code is good once, and a token that was given back is nobody’s', async () => {
  const sent = await port.oauth?.begin(`me@${server.host}`, ['block']);
  const answer = await visitSnac(String(sent?.url), me);
  const { credentials: text } = (await port.oauth?.finish(String(sent?.secret), answer)) ?? { credentials: '' };
  const other = port.actFor(text, (renew) => renew(text));
  await other.giveBack();
  await other.giveBack();
  await expect(other.apply('block', write(), null, new Date())).rejects.toMatchObject({ problem: 'unauthorized' });
});
