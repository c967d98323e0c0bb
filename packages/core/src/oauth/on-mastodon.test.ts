import { DAY, SECOND } from '@secateur/base';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { actingFor, listConnections } from '../connections/index.ts';
import { disconnect } from '../leaving/index.ts';
import { leaveThere, moveHere } from '../moving/index.ts';
import {
  beginAt,
  connectByConsent,
  goAndComeBack,
  type Life,
  newBrowser,
  queryFor,
  startLife,
} from '../testing/index.ts';
import { answerFlow, beginLinking, connectProven, forgetFlows, takeProof, viewFlow } from './index.ts';

const password = 'a-password';
const SERVERS = ['harbour', 'quarrel', 'attic', 'cellar'] as const;

let database: TestDatabase;
let life: Life;
let hosts: Record<string, string>;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: 'empty' });
  const servers = await life.sandbox.control.fediverse.servers();
  hosts = Object.fromEntries(servers.map(({ name, origin }) => [name, new URL(origin).host]));
});
afterEach(() => life.sandbox.control.clearFaults());
afterAll(async () => {
  await life.close();
  await database.close();
});

let made = 0;
async function somebody(server: string, username = `somebody_${made++}`) {
  await life.sandbox.control.perform({ do: 'add-fedi-accounts', accounts: [{ server, username, password }] });
  const name = `${username}@${server}`;
  return { ...(await life.sandbox.control.fediverse.person(name)), name, password };
}
type Who = Awaited<ReturnType<typeof somebody>>;

/** Whether what a connection is acted with still works at its server. */
async function works(member: Life['member'], who: Who): Promise<boolean> {
  const one = (await listConnections(member)).find(({ handle }) => handle === who.handle);
  const { account } = await actingFor(life.worker, member.actor.tenantId, String(one?.id));
  return account.relations([who.nativeId]).then(
    () => true,
    (error) => (error.problem === 'unauthorized' ? false : Promise.reject(error)),
  );
}

test.each(SERVERS)('a member connects an account at %s', async (server) => {
  const [member, who] = [await life.stranger(), await somebody(server)];
  expect(await connectByConsent(life, who, { by: member })).toMatchObject({ state: 'done', network: 'mastodon' });
  expect(await listConnections(member)).toMatchObject([
    { network: 'mastodon', handle: who.handle, state: 'ready', way: 'oauth', rights: ['block', 'mute'], broad: false },
  ]);
  expect((await listConnections(member))[0]?.endsAt).toBeNull();
  expect(await works(member, who)).toBe(true);
});

test('two of the same name on two servers are two', async () => {
  const [one, other] = [await somebody('harbour', 'sam'), await somebody('quarrel', 'sam')];
  const proofs = [];
  for (const who of [one, other]) {
    const browser = newBrowser(life);
    const flow = await beginAt(browser, who.handle);
    expect(await goAndComeBack(life, browser, flow, who)).toMatchObject({ state: 'proven', connects: false });
    proofs.push(await takeProof(browser, flow));
  }
  expect(proofs).toMatchObject([
    { network: 'mastodon', nativeId: one.nativeId, handle: one.handle },
    { network: 'mastodon', nativeId: other.nativeId, handle: other.handle },
  ]);
  expect(one.nativeId).not.toBe(other.nativeId);
});

test('who names only their server says there who they are', async () => {
  const who = await somebody('harbour');
  const browser = newBrowser(life);
  const flow = await beginAt(browser, String(hosts.harbour));
  expect(await goAndComeBack(life, browser, flow, who)).toMatchObject({ nativeId: who.nativeId });
});

test('one signs in and has it connected with the same consent', async () => {
  const [member, who] = [await life.stranger(), await somebody('quarrel')];
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle, true);
  await goAndComeBack(life, browser, flow, who);
  expect(await takeProof(browser, flow)).toMatchObject({ connects: true });
  await connectProven({ ...member, ...browser }, flow);
  await life.drain.run();
  expect(await viewFlow(browser, flow)).toMatchObject({ state: 'done' });
  expect(await works(member, who)).toBe(true);
});

test('one more way to sign in asks for no rights', async () => {
  const who = await somebody('harbour');
  const browser = newBrowser(life);
  const { userId } = life.member.actor;
  const wanted = { network: 'mastodon', account: who.handle, back: '/settings/security' };
  const flow = await beginLinking(browser, userId, wanted);
  expect(await goAndComeBack(life, browser, flow, who)).toMatchObject({ state: 'proven', links: true });
  expect(await takeProof(browser, flow)).toMatchObject({ nativeId: who.nativeId, linksTo: userId, connects: false });
});

test('another browser can’t hand in the answer, and one of another server is refused', async () => {
  const who = await somebody('harbour');
  const [mine, thief] = [newBrowser(life), newBrowser(life)];
  const flow = await beginAt(mine, who.handle);
  const query = await queryFor(life, mine, flow, who);
  await expect(answerFlow(thief, query)).rejects.toMatchObject({ problem: 'sign_in_stale' });
  const mixed = new URLSearchParams(query);
  mixed.set('iss', `http://${hosts.quarrel}`);
  await answerFlow(mine, mixed.toString());
  await life.drain.run();
  expect(await viewFlow(mine, flow)).toMatchObject({ state: 'refused', problem: 'sign_in_stale' });
});

test('who consents again goes on with what works: the server has one token for both', async () => {
  const [member, who] = [await life.stranger(), await somebody('harbour')];
  await connectByConsent(life, who, { by: member });
  const [before] = await listConnections(member);
  expect(await connectByConsent(life, who, { by: member, connectionId: String(before?.id) })).toMatchObject({
    state: 'done',
  });
  expect(await works(member, who)).toBe(true);
  // Nor does a sign-in end it that would have connected the account and was not finished.
  const browser = newBrowser(life);
  await goAndComeBack(life, browser, await beginAt(browser, who.handle, true), who);
  await life.worker.prisma.oAuthFlow.updateMany({ data: { expiresAt: new Date(Date.now() - SECOND) } });
  await forgetFlows(life.worker);
  expect(await works(member, who)).toBe(true);
});

test('disconnecting gives the token back', async () => {
  const [member, who] = [await life.stranger(), await somebody('attic')];
  await connectByConsent(life, who, { by: member });
  const [one] = await listConnections(member);
  const { account } = await actingFor(life.worker, member.actor.tenantId, String(one?.id));
  await disconnect(member, { id: one?.id, blocks: 'now' });
  await life.drain.run();
  expect(await listConnections(member)).toEqual([]);
  await expect(account.relations([who.nativeId])).rejects.toMatchObject({ problem: 'unauthorized' });
});

test('whoever proves to own it may move it, or leave it where it is and working', async () => {
  const [first, second, who] = [await life.stranger(), await life.stranger(), await somebody('quarrel')];
  await connectByConsent(life, who, { by: first });
  await connectByConsent(life, who, { by: second });
  const [asked] = await listConnections(second);
  expect(asked).toMatchObject({ state: 'elsewhere' });
  await leaveThere(second, { id: asked?.id });
  await life.drain.run();
  expect(await listConnections(second)).toEqual([]);
  expect(await works(first, who)).toBe(true);

  await life.sandbox.control.advance(SECOND);
  await connectByConsent(life, who, { by: second });
  const [again] = await listConnections(second);
  await moveHere(second, { id: again?.id, blocks: 'now' });
  for (let i = 0; i < 4; i++) {
    await life.drain.run();
    await life.sandbox.control.advance(15 * SECOND);
  }
  expect(await listConnections(second)).toMatchObject([{ state: 'ready', handle: who.handle }]);
  expect(await listConnections(first)).toMatchObject([{ state: 'gone' }]);
  expect(await works(second, who)).toBe(true);
});

test('a session of a server that names no end is not tended to death', async () => {
  const [member, who] = [await life.stranger(), await somebody('harbour')];
  await connectByConsent(life, who, { by: member });
  await life.sandbox.control.advance(100 * DAY);
  await life.drain.run();
  expect(await listConnections(member)).toMatchObject([{ state: 'ready' }]);
});

test('whoever says no connects nothing', async () => {
  const [member, who] = [await life.stranger(), await somebody('harbour')];
  expect(await connectByConsent(life, who, { by: member, visit: { no: true } })).toMatchObject({ problem: 'declined' });
  expect(await listConnections(member)).toEqual([]);
});

const sendingOff = [
  ['answers with a page for people', { kind: 'html', method: 'm/webfinger' }, 'unknown_handle'],
  ['is gone', { kind: 'gone', method: 'm/webfinger' }, 'unknown_handle'],
  ['does not answer', { kind: 'reset-before', method: 'm/apps' }, 'server_away'],
  ['is out of order', { kind: '503', method: 'm/apps' }, 'server_away'],
  ['has a proxy before it that wants no machines', { kind: 'proxy-page', method: 'm/apps' }, 'server_away'],
  ['answers the registration with a page', { kind: 'html', method: 'm/apps' }, 'server_unfit'],
  ['registers no apps', { kind: '403', method: 'm/apps' }, 'server_refuses'],
  ['finds something wrong with our registration', { kind: '422', method: 'm/apps' }, 'server_refuses'],
  ['knows no registration', { kind: '404', method: 'm/apps' }, 'server_unfit'],
  ['asks us to slow down', { kind: '429', method: 'm/apps' }, 'server_busy'],
] as const;
test.each(sendingOff)('a server that %s', async (_, fault, problem) => {
  const who = await somebody('cellar');
  await life.worker.prisma.serverApp.updateMany({ data: { app: new Uint8Array(8) } });
  await life.sandbox.control.addFault(fault);
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle);
  await life.drain.run();
  expect(await viewFlow(browser, flow)).toMatchObject({ state: 'refused', problem });
});

test.each([
  ['nobody has this name', () => `nobody@${hosts.harbour}`, 'unknown_handle'],
  ['there is no such server', () => 'sam@127.0.0.1:9', 'server_away'],
  ['it is not a server that may be called', () => 'sam@10.0.0.1', 'unknown_handle'],
  ['it is no name at all', () => '@@', 'unknown_handle'],
])('%s', async (_, account, problem) => {
  const browser = newBrowser(life);
  const flow = await beginAt(browser, account());
  await life.drain.run();
  expect(await viewFlow(browser, flow)).toMatchObject({ state: 'refused', problem });
});

const comingBack = [
  ['has no token for us', { kind: '503', method: 'm/oauth/token' }, 'server_away'],
  ['answers with a page', { kind: 'html', method: 'm/oauth/token' }, 'server_away'],
  ['asks us to slow down', { kind: '429', method: 'm/oauth/token' }, 'server_busy'],
  ['lets the account do nothing', { kind: '403', method: 'm/accounts/verify_credentials' }, 'account_locked'],
  ['takes the token back at once', { kind: 'token-revoked', method: 'm/accounts/verify_credentials' }, 'sign_in_stale'],
] as const;
test.each(comingBack)('a server that, on the way back, %s', async (_, fault, problem) => {
  const who = await somebody('harbour');
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle);
  const query = await queryFor(life, browser, flow, who);
  await life.sandbox.control.addFault(fault);
  await answerFlow(browser, query);
  await life.drain.run();
  expect(await viewFlow(browser, flow)).toMatchObject({ state: 'refused', problem });
});
