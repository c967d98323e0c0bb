import { DAY, HOUR } from '@secateur/base';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import { disconnect } from '../leaving/index.ts';
import { getSpending } from '../spending/index.ts';
import { beginAt, connectByConsent, goAndComeBack, type Life, newBrowser, startLife } from '../testing/index.ts';
import { answerFlow, connectProven, takeProof, viewFlow } from './index.ts';

const password = 'a-password';

let database: TestDatabase;
let life: Life;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: 'empty' });
});
afterAll(async () => {
  await life.close();
  await database.close();
});

let made = 0;
async function somebody() {
  const handle = `somebody_${made++}`;
  await life.sandbox.control.perform({ do: 'add-x-accounts', accounts: [{ username: handle, password }] });
  const { nativeId } = await life.sandbox.control.x.person(handle);
  return { handle, password, nativeId };
}

/** What its owner allows the app at X, as X has it. */
async function scopes(handle: string): Promise<string[]> {
  return (await life.sandbox.control.x.grants(handle)).filter(({ dead }) => !dead).map(({ scope }) => scope);
}

test('somebody proves whose an account is, by its number; no more is asked for, and it is given back', async () => {
  const who = await somebody();
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle);
  expect(await goAndComeBack(life, browser, flow, who)).toMatchObject({ state: 'proven', connects: false });
  expect(await life.sandbox.control.x.grants(who.handle)).toEqual([{ scope: 'users.read tweet.read', dead: true }]);
  expect(await takeProof(browser, flow)).toEqual({
    network: 'x',
    nativeId: who.nativeId,
    handle: who.handle,
    connects: false,
    linksTo: null,
    back: '/shields',
  });
});

test('who it was says X, and not what somebody typed before', async () => {
  const [named, who] = [await somebody(), await somebody()];
  const browser = newBrowser(life);
  const flow = await beginAt(browser, named.handle);
  await goAndComeBack(life, browser, flow, who);
  expect(await takeProof(browser, flow)).toMatchObject({ nativeId: who.nativeId, handle: who.handle });
});

test('whoever signs in with it connects it if they like: to mute, and to nothing else', async () => {
  const who = await somebody();
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle, true);
  await goAndComeBack(life, browser, flow, who);
  const member = await life.stranger();
  expect(await takeProof(browser, flow)).toMatchObject({ connects: true });
  await connectProven({ ...member, ...browser }, flow);
  await life.drain.run();
  expect(await viewFlow(browser, flow)).toMatchObject({ state: 'done' });
  expect(await listConnections(member)).toMatchObject([{ network: 'x', handle: who.handle, rights: ['mute'] }]);
  const [scope, ...more] = await scopes(who.handle);
  expect(more).toEqual([]);
  expect(scope?.split(' ').toSorted()).toEqual(
    ['follows.read', 'mute.read', 'mute.write', 'offline.access', 'tweet.read', 'users.read'].toSorted(),
  );
  // What X charges for saying who it was is the installation's, not the member's.
  expect(await getSpending(member)).toMatchObject({ spent: 0 });
});

test('who says no there has said no', async () => {
  const who = await somebody();
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle, true);
  expect(await goAndComeBack(life, browser, flow, who, { no: true })).toMatchObject({
    state: 'refused',
    problem: 'declined',
  });
  expect(await life.sandbox.control.x.grants(who.handle)).toEqual([]);
});

test('an answer in the name of another network is nobody’s', async () => {
  const who = await somebody();
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle);
  await life.drain.run();
  const { url } = await viewFlow(browser, flow);
  const state = new URL(String(url)).searchParams.get('state') ?? '';
  const mixedUp = new URLSearchParams({ state, code: 'a-code', iss: 'https://social.example' });
  await answerFlow(browser, mixedUp.toString());
  await life.drain.run();
  expect(await viewFlow(browser, flow)).toMatchObject({ state: 'refused', problem: 'sign_in_stale' });
});

test('a connection outlives its tokens, and gives back what it has when it ends', async () => {
  const who = await somebody();
  const member = await life.stranger();
  expect(await connectByConsent(life, who, { by: member })).toMatchObject({ state: 'done' });
  const state = async () => (await listConnections(member))[0]?.state;
  // Well past two hours, which is how long an access token lasts, and past the month for which a refresh token is trusted.
  for (let day = 0; day < 5; day++) {
    await life.sandbox.control.advance(16 * DAY + HOUR);
    await life.drain.run();
  }
  expect(await state()).toBe('ready');
  expect(await scopes(who.handle)).toHaveLength(1);
  const [{ id } = { id: '' }] = await listConnections(member);
  await disconnect(member, { id, blocks: 'now' });
  await life.drain.run();
  expect(await listConnections(member)).toEqual([]);
  expect(await scopes(who.handle)).toEqual([]);
});

test('what its owner takes back at X is over here too', async () => {
  const who = await somebody();
  const member = await life.stranger();
  await connectByConsent(life, who, { by: member });
  await life.sandbox.control.perform({ do: 'x-revoke', account: who.handle });
  await life.sandbox.control.advance(16 * DAY);
  await life.drain.run();
  const [connection] = await listConnections(member);
  expect(connection).toMatchObject({ state: 'revoked', problem: 'connection_revoked' });
  expect(await connectByConsent(life, who, { by: member, connectionId: String(connection?.id) })).toMatchObject({
    state: 'done',
  });
  expect((await listConnections(member))[0]).toMatchObject({ state: 'ready' });
});

test('signing in leaves what is connected as it is: X keeps one consent for each app and account', async () => {
  const who = await somebody();
  const member = await life.stranger();
  await connectByConsent(life, who, { by: member });
  const before = await scopes(who.handle);
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle);
  await goAndComeBack(life, browser, flow, who);
  expect(await takeProof(browser, flow)).toMatchObject({ nativeId: who.nativeId });
  expect(await scopes(who.handle)).toEqual(before);
  await life.sandbox.control.advance(16 * DAY);
  await life.drain.run();
  expect((await listConnections(member))[0]).toMatchObject({ state: 'ready' });
});

test('signing in and connecting what is connected already goes on with the new consent', async () => {
  const who = await somebody();
  const member = await life.stranger();
  await connectByConsent(life, who, { by: member });
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle, true);
  await goAndComeBack(life, browser, flow, who);
  await takeProof(browser, flow);
  await connectProven({ ...member, ...browser }, flow);
  await life.drain.run();
  await life.sandbox.control.advance(16 * DAY);
  await life.drain.run();
  expect(await listConnections(member)).toMatchObject([{ handle: who.handle, state: 'ready' }]);
  expect(await scopes(who.handle)).toHaveLength(1);
});
