import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../start.ts';
import { SMALL_WORLD, TROLL, VICTIM } from '../testing/small-world.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: SMALL_WORLD });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control.reset());

const page = async (path = '/') => (await fetch(`${sandbox.url}${path}`)).text();
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers });

test('the page shows accounts and what was asked lately', async () => {
  await fetch(`${sandbox.url}/xrpc/app.bsky.actor.getProfile?actor=${TROLL}`);
  const text = await page();
  expect(text).toContain(VICTIM);
  expect(text).toContain('<code>app.bsky.actor.getProfile</code>');
});

test('who is on X stands there with what the app was charged; nobody, and there is nothing', async () => {
  expect(await page()).not.toContain('<h2 id="x">');
  await sandbox.control.perform(
    { do: 'add-x-accounts', accounts: [{ username: 'loud', followers: 12 }] },
    { do: 'x-app', credit: 2_500_000 },
    { do: 'x-mute', account: 'loud', subject: 'loud#3' },
  );
  const text = await page();
  expect(text).toContain('charged $0.00 and has $2.50 left');
  expect(text).toMatch(
    /@loud<\/th>\s*<td>active<\/td><td class="number">12<\/td><td class="number">0<\/td><td class="number">1</,
  );
});

test('its buttons move the clock', async () => {
  const answer = await post('/page/clock', { advanceMs: '120000' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/?done=The+clock+was+moved.']);
  expect((await sandbox.control.clock()).offsetMs).toBe(120_000);
  await post('/page/clock', { offsetMs: '0' });
  expect((await sandbox.control.clock()).offsetMs).toBe(0);
});

test('people block and unblock by hand, and an account’s page shows it', async () => {
  await post('/page/by-hand', { do: 'block', account: VICTIM, subject: `${TROLL}#3` });
  const follower = await sandbox.control.person(`${TROLL}#3`);
  expect(await page(`/accounts?name=${VICTIM}`)).toContain(follower?.handle);
  const back = `/accounts?name=${VICTIM}`;
  const answer = await post('/page/by-hand', { do: 'unblock', account: VICTIM, subject: follower?.did ?? '', back });
  expect(answer.headers.get('location')).toMatch(/^\/accounts\?name=victim/);
  expect((await sandbox.control.state()).accounts[0]?.blocks).toBe(0);
});

test('faults are set up and removed, and limits turned off and on', async () => {
  await post('/page/faults', { kind: 'slow', method: '', account: '', probability: '0.5', count: '', latencyMs: '40' });
  const [fault] = await sandbox.control.faults();
  expect(fault).toMatchObject({ kind: 'slow', probability: 0.5, latencyMs: 40 });
  expect(await page()).toContain('0.5 of the time');
  await post('/page/faults/remove', { id: String(fault?.id) });
  expect(await sandbox.control.faults()).toEqual([]);
  await post('/page/limits', { on: 'off' });
  expect((await sandbox.control.state()).limits).toBe(false);
});

test('what can’t be done is said in words, and nothing in them is markup', async () => {
  const answer = await post('/page/by-hand', { do: 'block', account: '<b>who</b>', subject: TROLL });
  const text = await page(answer.headers.get('location') ?? '');
  expect(text).toContain('role="alert">nobody here is called &#60;b&#62;who&#60;/b&#62;');
});

test('a form leads nowhere but back to the page', async () => {
  const answer = await post('/page/limits', { on: 'on', back: '//elsewhere.example' });
  expect(answer.headers.get('location')).toMatch(/^\/\?done=/);
});

test('another site’s page can’t press the buttons', async () => {
  const answer = await post('/page/clock', { advanceMs: '1' }, { 'sec-fetch-site': 'cross-site' });
  expect(answer.status).toBe(403);
  expect((await sandbox.control.clock()).offsetMs).toBe(0);
});

test('posts and lists are shown with the links that people paste', async () => {
  expect(await page()).toContain('Nobody wrote anything.');
  await sandbox.control.perform(
    { do: 'post', account: TROLL, key: '3lgoingaround', text: 'Look <here>' },
    { do: 'like', account: `${TROLL}#0-9`, post: `${TROLL}/3lgoingaround` },
    { do: 'add-list', account: VICTIM, key: '3lrude2222222', name: 'Rude', members: [TROLL] },
  );
  const text = await page();
  expect(text).toContain(`<code>https://bsky.app/profile/${TROLL}/post/3lgoingaround</code>`);
  expect(text).toContain('Look &#60;here&#62;');
  expect(text).toContain(`<code>https://bsky.app/profile/${VICTIM}/lists/3lrude2222222</code>`);
});
