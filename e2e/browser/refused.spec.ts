import type { Page } from '@playwright/test';
import { type Answer, ask, type Question } from './ask.ts';
import { openLink, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { fresh } from './world.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const OWN = { 'sec-fetch-site': 'same-origin' };

/** Asks as a member whose session the browser sends along, whatever page made it ask. */
async function asMember(
  page: Page,
  baseURL: string | undefined,
): Promise<(path: string, q: Question) => Promise<Answer>> {
  await signIn(page);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  return (path, { headers, ...rest }) => ask(`${baseURL}${path}`, { ...rest, headers: { cookie, ...headers } });
}

/** A change that a stranger might like to make: it allows somebody whom the member did not choose. */
const ALLOW = '/api/trpc/exemptions.allow';
const BODY = '{"json":{"query":"grudge.sandbox.test"}}';

test('a stranger’s page can’t act for a member', async ({ page, baseURL }) => {
  const send = await asMember(page, baseURL);
  const status = async (headers: Record<string, string>, body = BODY) =>
    (await send(ALLOW, { method: 'POST', headers, body })).status;
  const elsewhere = { origin: 'https://elsewhere.example' };
  expect(await status({ ...JSON_TYPE, 'sec-fetch-site': 'cross-site', ...elsewhere })).toBe(403);
  expect(await status({ ...JSON_TYPE, 'sec-fetch-site': 'same-site', ...elsewhere })).toBe(403);
  expect(await status({ ...JSON_TYPE, ...elsewhere })).toBe(403);
  expect(await status({ ...JSON_TYPE, origin: 'null' })).toBe(403);
  expect(await status(JSON_TYPE)).toBe(403);
  expect(await status({ ...JSON_TYPE, ...OWN, ...elsewhere })).toBe(403);
});

test('only JSON is taken, also from our own pages', async ({ page, baseURL }) => {
  const send = await asMember(page, baseURL);
  const form = '--x\r\ncontent-disposition: form-data; name="query"\r\n\r\ngrudge.sandbox.test\r\n--x--\r\n';
  const types = {
    'multipart/form-data; boundary=x': form,
    'application/x-www-form-urlencoded': 'query=grudge.sandbox.test',
    'text/plain': BODY,
    'application/octet-stream': BODY,
  };
  for (const [type, body] of Object.entries(types)) {
    const answer = await send(ALLOW, { method: 'POST', headers: { ...OWN, 'content-type': type }, body });
    expect([type, answer.status, JSON.parse(answer.text).refused]).toEqual([type, 415, 'not JSON']);
  }
});

test('too many calls and too large a body are refused', async ({ page, baseURL }) => {
  const send = await asMember(page, baseURL);
  const headers = { ...OWN, ...JSON_TYPE };
  const batch = (calls: number) =>
    send(`/api/trpc/${Array.from({ length: calls }, () => 'quotas.get').join(',')}?batch=1`, {
      method: 'POST',
      headers,
      body: '{}',
    });
  expect((await batch(20)).status).toBe(200);
  expect((await batch(21)).status).toBe(400);
  expect((await batch(101)).status).toBe(400);

  const megabytes = Array.from({ length: 32 }, () => new Uint8Array(64 * 1024).fill(32));
  expect((await send(ALLOW, { method: 'POST', headers, body: megabytes })).status).toBe(413);
  expect((await send(ALLOW, { method: 'POST', headers, body: ' '.repeat(200_000) })).status).toBe(413);
});

test('nothing is asked in an address, and nothing changed by one', async ({ page, baseURL }) => {
  const send = await asMember(page, baseURL);
  const input = encodeURIComponent(BODY);
  expect((await send(`/api/trpc/exemptions.list?input=${input}`, { headers: OWN })).status).toBe(405);
  expect((await send(`${ALLOW}?input=${input}`, { headers: OWN })).status).toBe(405);
  const methods = ['PUT', 'PATCH', 'DELETE'];
  for (const method of methods) {
    const { status } = await send(ALLOW, { method, headers: { ...OWN, ...JSON_TYPE }, body: BODY });
    expect([method, status]).toEqual([method, 405]);
  }
});

test('a stranger’s page can’t follow a member’s events', async ({ page, baseURL }) => {
  const send = await asMember(page, baseURL);
  const { status } = await send('/api/trpc/events.follow', { headers: { 'sec-fetch-site': 'cross-site' } });
  expect(status).toBe(403);
});

test('a server action is only called from our pages, and with little', async ({ page, baseURL }) => {
  await page.goto('/sign-in');
  const form = page.locator('form').filter({ has: page.getByLabel('E-mail address') });
  const fields = await form.evaluate((element) => [...new FormData(element as HTMLFormElement)].map(String));
  const names = fields.map((field) => field.split(',')[0] ?? '');
  const action = names.find((name) => name.startsWith('$ACTION_ID_'));
  expect(action).toBeDefined();
  const email = `${fresh('member')}@example.org`;
  const send = async (headers: Record<string, string>, padding = '') => {
    const values = new FormData();
    for (const [name, value] of Object.entries({ [String(action)]: '', email, back: '/shields', padding })) {
      values.set(name, value);
    }
    const encoded = new Response(values);
    const type = { 'content-type': String(encoded.headers.get('content-type')) };
    return ask(`${baseURL}/sign-in`, { method: 'POST', headers: { ...type, ...headers }, body: await encoded.text() });
  };
  expect((await send({})).status).toBe(403);
  expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await send({ origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await send(OWN, 'x'.repeat(100_000))).status).toBeGreaterThanOrEqual(400);
  await page.goto('/dev/mail');
  await expect(page.getByText(email)).toHaveCount(0);
  // The same with nothing wrong about it is heard, so the refusals above refused what they should.
  const heard = await send({ ...OWN, origin: String(baseURL) });
  expect(heard.headers.location ?? '').toContain('/sign-in/check-mail');
  await page.reload();
  await expect(page.getByText(`To ${email}`)).toBeVisible();
});

test('of next-auth’s own addresses only what is used is there', async ({ baseURL }) => {
  const post = (path: string) =>
    ask(`${baseURL}${path}`, {
      method: 'POST',
      headers: { ...OWN, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'email=sam%40example.org&csrfToken=x',
    });
  for (const path of ['signin/email', 'signout', 'session', 'callback/email']) {
    expect([path, (await post(`/api/auth/${path}`)).status]).toEqual([path, 405]);
  }
  for (const path of ['signin', 'signout', 'csrf', 'providers', 'error', 'verify-request']) {
    expect([path, (await ask(`${baseURL}/api/auth/${path}`)).status]).toEqual([path, 404]);
  }
});

test('a stranger’s page can’t sign somebody in as the stranger', async ({ page, baseURL }) => {
  const email = `${fresh('member')}@example.org`;
  await page.goto('/sign-in');
  await openLink(page, email);
  const link = page.url().replace('/sign-in/confirm', '/api/auth/callback/email');
  const follow = (site: string) => ask(link, { headers: { 'sec-fetch-site': site } });
  const refused = await follow('cross-site');
  expect([refused.status, refused.headers['set-cookie']]).toEqual([403, undefined]);
  const own = await follow('same-origin');
  expect(String(own.headers['set-cookie'])).toContain('session-token');
  expect(new URL(String(own.headers.location), baseURL).pathname).toBe('/shields');
});

test('a member who asks for previews again and again is told to wait', async ({ page, baseURL }) => {
  const send = await asMember(page, baseURL);
  const paths = Array.from({ length: 20 }, () => 'shields.startPreview').join(',');
  const ask20 = async () => {
    const { text } = await send(`/api/trpc/${paths}?batch=1`, {
      method: 'POST',
      headers: { ...OWN, ...JSON_TYPE },
      body: '{}',
    });
    const answers: { error: { json: { data: { httpStatus: number; view: { data: { seconds?: number } } } } } }[] =
      JSON.parse(text);
    return answers.map(({ error }) => error.json.data);
  };
  // Nothing is wanted of them: it is the asking that is counted.
  const first = [...(await ask20()), ...(await ask20())].map(({ httpStatus }) => httpStatus);
  expect(new Set(first)).toEqual(new Set([400]));
  for (const { httpStatus, view } of await ask20()) {
    expect(httpStatus).toBe(429);
    expect(view.data.seconds).toBeGreaterThan(500);
  }
});

test('who is signed in is sent nowhere else by a link to the sign-in', async ({ page, baseURL }) => {
  const send = await asMember(page, baseURL);
  for (const back of [
    '//elsewhere.example',
    '/.//elsewhere.example',
    '/x/..//elsewhere.example',
    '/\\elsewhere.example',
  ]) {
    const { headers } = await send(`/sign-in?back=${encodeURIComponent(back)}`, {});
    expect([back, headers.location]).toEqual([back, '/shields']);
  }
});
