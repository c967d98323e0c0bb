import { MINUTE } from '@secateur/base';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import {
  beginAt,
  connectByConsent,
  goAndComeBack,
  type Life,
  newBrowser,
  queryFor,
  startLife,
} from '../testing/index.ts';
import {
  answerFlow,
  beginConnecting,
  beginLinking,
  connectProven,
  finishFlow,
  forgetFlows,
  takeProof,
  viewFlow,
} from './index.ts';

const stale = { problem: 'sign_in_stale' };
const password = 'a-password';

let database: TestDatabase;
let life: Life;
let admin: pg.Pool;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: 'empty' });
  admin = new pg.Pool({ connectionString: database.admin, max: 1 });
});
afterAll(async () => {
  await admin.end();
  await life.close();
  await database.close();
});

let made = 0;
async function somebody() {
  const handle = `somebody-${made++}.sandbox.test`;
  const [account] = await life.sandbox.control.addAccounts([{ handle, password }]);
  return { handle, password, did: String(account?.did) };
}

/** Sessions of the account that work, as its own server has them. */
async function sessionsOf(did: string): Promise<number> {
  return (await life.sandbox.control.grants(did)).filter(({ dead }) => !dead).length;
}

test('somebody proves whose an account is; what came with it is given back at once', async () => {
  const who = await somebody();
  const browser = newBrowser(life);
  const flow = await beginAt(browser, `@${who.handle}`);
  expect(await viewFlow(browser, flow)).toMatchObject({ state: 'going', url: null });
  expect(await goAndComeBack(life, browser, flow, who)).toMatchObject({ state: 'proven', url: null, connects: false });
  expect(await sessionsOf(who.did)).toBe(0);
  expect(await takeProof(browser, flow)).toEqual({
    network: 'bluesky',
    nativeId: who.did,
    handle: who.handle,
    connects: false,
    linksTo: null,
    back: '/shields',
  });
  await expect(takeProof(browser, flow)).rejects.toMatchObject(stale);
});

test('one that was asked to is connected by whoever signs in with it', async () => {
  const who = await somebody();
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle, true);
  await goAndComeBack(life, browser, flow, who);
  const member = await life.stranger();
  expect(await takeProof(browser, flow)).toMatchObject({ nativeId: who.did, connects: true });
  expect(await viewFlow(browser, flow)).toMatchObject({ state: 'let-in', nativeId: who.did });
  await connectProven({ ...member, ...browser }, flow);
  await life.drain.run();
  expect(await viewFlow(browser, flow)).toMatchObject({ state: 'done' });
  expect(await listConnections(member)).toMatchObject([
    { handle: who.handle, state: 'ready', way: 'oauth', rights: ['block', 'mute'], broad: false },
  ]);
  expect(await sessionsOf(who.did)).toBe(1);
});

test('one that a user wants to sign in with, too, is proven for that user and gives no rights', async () => {
  const who = await somebody();
  const browser = newBrowser(life);
  const { userId } = life.member.actor;
  const back = '/settings/security';
  const flow = await beginLinking(browser, userId, { network: 'bluesky', account: who.handle, back });
  expect(await goAndComeBack(life, browser, flow, who)).toMatchObject({
    state: 'proven',
    links: true,
    connects: false,
  });
  expect(await sessionsOf(who.did)).toBe(0);
  await expect(connectProven({ ...life.member, ...browser }, flow)).rejects.toMatchObject(stale);
  expect(await takeProof(browser, flow)).toMatchObject({ nativeId: who.did, linksTo: userId, connects: false, back });
  await expect(takeProof(browser, flow)).rejects.toMatchObject(stale);
});

test('a member connects an account', async () => {
  const who = await somebody();
  const member = await life.stranger();
  expect(await connectByConsent(life, who, { by: member })).toMatchObject({ state: 'done', connects: true });
  expect(await listConnections(member)).toMatchObject([{ handle: who.handle, state: 'ready', way: 'oauth' }]);
});

test('an account that was connected by an app password goes over to consent, and the old session ends', async () => {
  const who = await somebody();
  const member = await life.stranger();
  const id = await life.connect(who.handle, who.password, member);
  expect(await connectByConsent(life, who, { by: member })).toMatchObject({ state: 'done' });
  expect(await listConnections(member)).toMatchObject([{ id, state: 'ready', way: 'oauth' }]);
  expect((await life.sandbox.control.counters()).requests['com.atproto.server.deleteSession']).toBeGreaterThan(0);
});

test.each([
  ['was removed', 'DELETE FROM members WHERE tenant_id = $1'],
  ['may no longer connect anything', `UPDATE members SET role = 'viewer' WHERE tenant_id = $1`],
  ['was suspended with their tenant', 'UPDATE tenants SET suspended_at = now() WHERE id = $1'],
])('who %s on the way connects nothing', async (_, meanwhile) => {
  const who = await somebody();
  const member = await life.stranger();
  const browser = newBrowser(life);
  const begun = { network: 'bluesky', account: who.handle, back: '/accounts' };
  const query = await queryFor(life, browser, await beginConnecting({ ...member, ...browser }, begun), who);
  await admin.query(meanwhile, [member.actor.tenantId]);
  await expect(answerFlow(browser, query)).rejects.toMatchObject({ problem: 'not_allowed' });
  await life.drain.run();
  expect((await admin.query('SELECT FROM connections WHERE tenant_id = $1', [member.actor.tenantId])).rowCount).toBe(0);
});

test('an answer is taken once', async () => {
  const who = await somebody();
  const browser = newBrowser(life);
  const query = await queryFor(life, browser, await beginAt(browser, who.handle), who);
  const both = await Promise.allSettled([answerFlow(browser, query), answerFlow(browser, query)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(answerFlow(browser, query)).rejects.toMatchObject(stale);
  await life.drain.run();
  await expect(answerFlow(browser, query)).rejects.toMatchObject(stale);
});

test('a job that comes twice shows the code once', async () => {
  const who = await somebody();
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle, true);
  const query = await queryFor(life, browser, flow, who);
  await answerFlow(browser, query);
  await Promise.all([1, 2, 3].map(() => finishFlow(life.worker, { flowId: flow.id })));
  expect(await viewFlow(browser, flow)).toMatchObject({ state: 'proven' });
  expect(await sessionsOf(who.did)).toBe(1);
});

test('another browser can neither hand in an answer, nor look, nor take what was proven', async () => {
  const who = await somebody();
  const [mine, thief] = [newBrowser(life), newBrowser(life)];
  const flow = await beginAt(mine, who.handle);
  const query = await queryFor(life, mine, flow, who);
  await expect(answerFlow(thief, query)).rejects.toMatchObject(stale);
  await expect(viewFlow(thief, flow)).rejects.toMatchObject(stale);
  await answerFlow(mine, query);
  await life.drain.run();
  await expect(takeProof(thief, flow)).rejects.toMatchObject(stale);
  expect(await takeProof(mine, flow)).toMatchObject({ nativeId: who.did });
});

test('the web app sees no flow but those of the browser that it serves, whatever it asks', async () => {
  const browser = newBrowser(life);
  await beginAt(browser, (await somebody()).handle);
  const { rows } = await admin.query('SELECT count(*)::int AS all FROM oauth_flows');
  expect(rows[0].all).toBeGreaterThan(0);
  expect(await life.member.prisma.oAuthFlow.findMany()).toEqual([]);
});

test('an answer for another server than was asked, or to another question, is refused', async () => {
  const [who, other] = [await somebody(), await somebody()];
  const [one, two, browser] = [newBrowser(life), newBrowser(life), newBrowser(life)];
  const flow = await beginAt(one, who.handle);
  const query = new URLSearchParams(await queryFor(life, one, flow, who));
  query.set('iss', 'https://another.example');
  await answerFlow(one, query.toString());
  await life.drain.run();
  expect(await viewFlow(one, flow)).toMatchObject({ state: 'refused', problem: 'sign_in_stale' });

  const theirs = new URLSearchParams(await queryFor(life, two, await beginAt(two, other.handle), other));
  const mine = await beginAt(browser, who.handle);
  const injected = new URLSearchParams(await queryFor(life, browser, mine, who));
  injected.set('code', String(theirs.get('code')));
  await answerFlow(browser, injected.toString());
  await life.drain.run();
  expect(await viewFlow(browser, mine)).toMatchObject({ state: 'refused', problem: 'sign_in_stale' });
});

test('after ten minutes it is too late', async () => {
  const who = await somebody();
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle);
  const query = await queryFor(life, browser, flow, who);
  const { rows } = await admin.query('SELECT expires_at - clock_timestamp() AS left FROM oauth_flows WHERE id = $1', [
    flow.id,
  ]);
  expect(rows[0].left.minutes).toBeLessThanOrEqual(10);
  await admin.query(`UPDATE oauth_flows SET expires_at = clock_timestamp() WHERE id = $1`, [flow.id]);
  await expect(answerFlow(browser, query)).rejects.toMatchObject(stale);
});

test('what nobody came for is given back, and the flow forgotten', async () => {
  const who = await somebody();
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle, true);
  await goAndComeBack(life, browser, flow, who);
  expect(await sessionsOf(who.did)).toBe(1);
  await forgetFlows(life.worker);
  expect(await sessionsOf(who.did)).toBe(1);
  await admin.query(`UPDATE oauth_flows SET expires_at = clock_timestamp() - interval '1 second' WHERE id = $1`, [
    flow.id,
  ]);
  await forgetFlows(life.worker);
  expect(await sessionsOf(who.did)).toBe(0);
  await expect(viewFlow(browser, flow)).rejects.toMatchObject(stale);
});

test('who says no is told so, and nothing is connected', async () => {
  const who = await somebody();
  const member = await life.stranger();
  expect(await connectByConsent(life, who, { by: member, visit: { no: true } })).toMatchObject({
    state: 'refused',
    problem: 'declined',
  });
  expect(await listConnections(member)).toEqual([]);
});

test('who takes everything away may sign in, and nothing is connected or kept', async () => {
  const who = await somebody();
  const member = await life.stranger();
  const nothing = { only: [] };
  expect(await connectByConsent(life, who, { by: member, visit: nothing })).toMatchObject({ problem: 'declined' });
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle, true);
  expect(await goAndComeBack(life, browser, flow, who, nothing)).toMatchObject({
    state: 'proven',
    problem: 'declined',
  });
  expect(await takeProof(browser, flow)).toMatchObject({ connects: false });
  expect(await listConnections(member)).toEqual([]);
  expect(await sessionsOf(who.did)).toBe(0);
});

test('what is left of the rights is what the connection may do', async () => {
  const who = await somebody();
  const member = await life.stranger();
  await connectByConsent(life, who, { by: member, visit: { only: ['mute'] } });
  expect(await listConnections(member)).toMatchObject([{ state: 'ready', rights: ['mute'] }]);
});

test('an account that nobody has, a server that is away and one that knows no OAuth say which they are', async () => {
  const browser = newBrowser(life);
  const unknown = await beginAt(browser, 'nobody-has-this.sandbox.test');
  await life.sandbox.control.addFault({ kind: '503', method: 'oauth/par', count: 1 });
  const away = await beginAt(browser, (await somebody()).handle);
  await life.drain.run();
  expect(await viewFlow(browser, unknown)).toMatchObject({ state: 'refused', problem: 'unknown_handle' });
  expect(await viewFlow(browser, away)).toMatchObject({ state: 'refused', problem: 'server_away' });
});

test('an account of another tenant stays there, and whoever consented is asked whether to move it', async () => {
  const who = await somebody();
  await connectByConsent(life, who);
  const stranger = await life.stranger();
  expect(await connectByConsent(life, who, { by: stranger })).toMatchObject({ state: 'done', problem: null });
  expect(await listConnections(stranger)).toMatchObject([{ state: 'elsewhere', handle: who.handle }]);
  expect(await sessionsOf(who.did)).toBe(2);
});

test('letting an account in again is for that account only', async () => {
  const [who, other] = [await somebody(), await somebody()];
  const member = await life.stranger();
  await connectByConsent(life, who, { by: member });
  const [connection] = await listConnections(member);
  const again = { by: member, connectionId: String(connection?.id) };
  expect(await connectByConsent(life, other, again)).toMatchObject({ problem: 'connection_elsewhere' });
  expect(await connectByConsent(life, who, again)).toMatchObject({ state: 'done' });
});

test('no code, token, key or verifier is in a row, a job or an error', async () => {
  const who = await somebody();
  const browser = newBrowser(life);
  const flow = await beginAt(browser, who.handle, true);
  const query = await queryFor(life, browser, flow, who);
  const code = String(new URLSearchParams(query).get('code'));
  const state = String(new URLSearchParams(query).get('state'));
  const everything = async () => {
    const { rows } = await admin.query(`
      SELECT (SELECT string_agg(f::text, ' ') FROM oauth_flows f) || coalesce((SELECT string_agg(j.payload::text, ' ')
             FROM queue_critical._private_jobs j), '') AS text`);
    return String(rows[0].text);
  };
  await answerFlow(browser, query);
  for (const secret of [code, state, browser.browser]) expect(await everything()).not.toContain(secret);
  await life.drain.run();
  const [grant] = await life.sandbox.control.grants(who.did);
  for (const secret of [code, state, String(grant?.refresh), String(grant?.token)]) {
    expect(await everything()).not.toContain(secret);
    expect(await everything()).not.toContain(Buffer.from(secret).toString('hex'));
  }
});

test('flows are forgotten within minutes, however many there are', async () => {
  await admin.query(`UPDATE oauth_flows SET expires_at = clock_timestamp() - $1 * interval '1 millisecond'`, [MINUTE]);
  await forgetFlows(life.worker);
  const { rows } = await admin.query('SELECT count(*)::int AS left FROM oauth_flows');
  expect(rows[0].left).toBe(0);
});
