import { afterAll, beforeAll, expect, test, vi } from 'vitest';

vi.mock('server-only', () => ({}));
const { door } = await import('./door.ts');

const OURS = 'https://secateur.example';
const OWN = { 'sec-fetch-site': 'same-origin', origin: OURS };
const JSON_TYPE = { 'content-type': 'application/json' };

beforeAll(() => {
  vi.stubEnv('AUTH_URL', OURS);
  vi.stubEnv('DATABASE_URL', 'postgresql://secateur_web:pw@127.0.0.1:5432/secateur');
  vi.stubEnv('AUTH_SECRET', 'a-secret-that-is-long-enough-to-be-one');
  vi.stubEnv('SEALING_PUBLIC_KEY', 'x'.repeat(43));
  vi.stubEnv('MAIL', 'show');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

/** A door of 100 bytes, and what came through it. */
const inside = door({ from: 'own pages', body: 100 }, async (request) => new Response(await request.text()));

async function send(headers: Record<string, string>, body: BodyInit | null = '{}', method = 'POST') {
  const request = new Request(`${OURS}/api/x`, { method, headers, body, duplex: 'half' } as RequestInit);
  const response = await inside(request);
  const text = await response.text();
  return response.ok ? text : [response.status, JSON.parse(text).refused];
}

test('what a page of ours sends as JSON comes in as it was', async () => {
  expect(await send({ ...OWN, ...JSON_TYPE }, '{"a":1}')).toBe('{"a":1}');
  expect(await send({ ...OWN, 'content-type': 'Application/JSON; charset=utf-8' }, '{"a":1}')).toBe('{"a":1}');
});

test.each<[string, Record<string, string>]>([
  ['a stranger', { 'sec-fetch-site': 'cross-site' }],
  ['a neighbour', { 'sec-fetch-site': 'same-site' }],
  ['nobody in particular', {}],
  ['another origin', { origin: 'https://elsewhere.example' }],
])('%s gets nothing in', async (_, headers) => {
  expect(await send({ ...headers, ...JSON_TYPE })).toEqual([403, 'not from our pages']);
});

test.each([
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'text/plain',
  'text/plain; application/json',
  'application/octet-stream',
  'application/jsonp',
])('%s is refused', async (type) => {
  expect(await send({ ...OWN, 'content-type': type })).toEqual([415, 'not JSON']);
});

test('a form that names no type is refused', async () => {
  expect(await send(OWN, new Uint8Array(2))).toEqual([415, 'not JSON']);
});

test('nobody keeps an answer that doesn’t say how long', async () => {
  const stored = async (headers: Record<string, string>) => {
    const answer = door({ from: 'anybody', body: null }, async () => new Response('x', { status: 201, headers }));
    const { status, headers: told } = await answer(new Request(`${OURS}/api/x`));
    return [status, told.get('cache-control')];
  };
  expect(await stored({})).toEqual([201, 'no-store']);
  expect(await stored({ 'cache-control': 'no-cache, no-transform' })).toEqual([201, 'no-cache, no-transform']);
});

test('other methods are refused', async () => {
  expect(await send({ ...OWN, ...JSON_TYPE }, '{}', 'PUT')).toEqual([405, 'no body here']);
  expect(await send({ ...OWN, ...JSON_TYPE }, '{}', 'DELETE')).toEqual([405, 'no body here']);
});

test('a body is counted, and no more of it is read than is allowed', async () => {
  const exact = `"${'x'.repeat(98)}"`;
  expect(await send({ ...OWN, ...JSON_TYPE }, exact)).toBe(exact);
  expect(await send({ ...OWN, ...JSON_TYPE }, `${exact} `)).toEqual([413, 'too large']);
  let read = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      read += 50;
      controller.enqueue(new Uint8Array(50));
    },
  });
  expect(await send({ ...OWN, ...JSON_TYPE }, endless)).toEqual([413, 'too large']);
  expect(read).toBeLessThanOrEqual(3_400);
});

test('an announced length is not believed', async () => {
  expect(await send({ ...OWN, ...JSON_TYPE, 'content-length': '2' }, 'x'.repeat(200))).toEqual([413, 'too large']);
});

test('where nothing may be sent, nothing is', async () => {
  const shut = door({ from: 'anybody', body: null }, async () => new Response('in'));
  const ask = async (method: string, headers: Record<string, string>) =>
    (await shut(new Request(`${OURS}/api/x`, { method, headers }))).status;
  expect(await ask('GET', { 'sec-fetch-site': 'cross-site' })).toBe(200);
  expect(await ask('POST', { ...OWN, ...JSON_TYPE })).toBe(405);
  expect(await ask('POST', { 'sec-fetch-site': 'cross-site' })).toBe(403);
});
