import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGuardedFetch } from './guarded-fetch.ts';

/** Some 500 kB that would become 512 MB. */
const BOMB = gzipSync(Buffer.alloc(512 * 1024 * 1024));

/** Goes on writing `part` for as long as somebody listens. */
function endless(response: ServerResponse, part: Buffer): void {
  const write = () => {
    if (!response.destroyed) response.write(part, () => setImmediate(write));
  };
  write();
}

const paths: string[] = [];
let server: Server;
let origin = '';
const open = createGuardedFetch({ allowLoopback: true });
const shut = createGuardedFetch({ allowLoopback: false });

beforeAll(async () => {
  server = createServer((request, response) => {
    paths.push(request.url ?? '');
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://here.invalid');
    if (pathname === '/elsewhere') response.writeHead(307, { location: searchParams.get('to') ?? '' }).end();
    else if (pathname === '/endless') endless(response, Buffer.alloc(64 * 1024));
    else if (pathname === '/dribble') endless(response, Buffer.alloc(1));
    else if (pathname === '/bomb') response.writeHead(200, { 'content-encoding': 'gzip' }).end(BOMB);
    else if (pathname === '/headers') response.writeHead(200, { 'x-many': 'x'.repeat(1024 * 1024) }).end();
    else if (request.url === '/redirect') response.writeHead(302, { location: '/secret' }).end();
    else if (request.url === '/large') response.end(Buffer.alloc(2 * 1024 * 1024 + 1));
    else if (request.url === '/empty') response.writeHead(204).end();
    else if (request.url === '/echo') request.pipe(response.writeHead(200, { 'x-method': request.method }));
    else if (request.url !== '/never') response.writeHead(200, { 'content-type': 'text/plain' }).end('hello');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await Promise.all([open.close(), shut.close()]);
  server.closeAllConnections();
  server.close();
});

const get = (fetch: typeof open, url: string, timeout = 10_000) => fetch(new URL(url), { timeout });

test('fetches what it may', async () => {
  const response = await get(open, `${origin}/`);
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    200,
    'text/plain',
    'hello',
  ]);
  expect((await get(open, `${origin}/empty`)).status).toBe(204);
});

test('sends method, headers and body', async () => {
  const response = await open(new URL('/echo', origin), { method: 'POST', body: 'a body', timeout: 10_000 });
  expect([response.headers.get('x-method'), await response.text()]).toEqual(['POST', 'a body']);
});

test('hands a redirect back and does not follow it', async () => {
  const response = await get(open, `${origin}/redirect`);
  expect([response.status, response.headers.get('location')]).toEqual([302, '/secret']);
  expect(paths).not.toContain('/secret');
});

test('takes a larger body where one is awaited', async () => {
  const response = await open(new URL('/large', origin), { timeout: 5_000, large: true });
  expect((await response.arrayBuffer()).byteLength).toBe(2 * 1024 * 1024 + 1);
});

test('gives up on a body that is too large', async () => {
  await expect(get(open, `${origin}/large`)).rejects.toMatchObject({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
});

test('gives up at its deadline', async () => {
  await expect(get(open, `${origin}/never`, 20)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('calls this machine in development only', async () => {
  const before = paths.length;
  await expect(get(shut, `${origin}/`)).rejects.toThrow('not a public address');
  await expect(get(shut, origin.replace('127.0.0.1', 'localhost'))).rejects.toThrow('not https');
  await expect(get(shut, 'https://localhost/')).rejects.toThrow('does not resolve to public addresses');
  expect(paths).toHaveLength(before);
});

test.each([
  'https://10.0.0.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://[::ffff:10.0.0.1]/',
  'https://[fd00::1]/',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://0/',
])('refuses %s', async (url) => {
  await expect(get(shut, url)).rejects.toThrow('not a public address');
});

test.each(['http://example.com/', 'http://1.1.1.1/', 'ftp://example.com/'])('refuses %s: not https', async (url) => {
  await expect(get(open, url)).rejects.toThrow('not https');
});

test('refuses private addresses in development too', async () => {
  await expect(get(open, 'http://192.168.1.1/')).rejects.toThrow('not a public address');
});

test('refuses an address with a password in it', async () => {
  await expect(get(shut, 'https://user:word@example.com/')).rejects.toThrow('carries a password');
});

test.each([
  'http://169.254.169.254/latest/meta-data/',
  'http://[::1]:1/',
  'http://127.0.0.1:1/',
  'https://10.0.0.1/',
  '//192.168.1.1/',
  'file:///etc/passwd',
])('is not led on to %s', async (to) => {
  const before = paths.length;
  const response = await get(open, `${origin}/elsewhere?to=${encodeURIComponent(to)}`);
  expect([response.status, response.headers.get('location'), response.redirected]).toEqual([307, to, false]);
  expect(paths).toHaveLength(before + 1);
});

test('gives up on a body without an end', async () => {
  await expect(get(open, `${origin}/endless`)).rejects.toMatchObject({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
});

test('gives up on a body that comes a byte at a time', async () => {
  await expect(get(open, `${origin}/dribble`, 200)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('gives up on headers without an end', async () => {
  await expect(get(open, `${origin}/headers`)).rejects.toMatchObject({ code: 'UND_ERR_HEADERS_OVERFLOW' });
});

test('does not unpack what it is sent', async () => {
  const before = process.memoryUsage().arrayBuffers;
  const response = await get(open, `${origin}/bomb`);
  expect((await response.arrayBuffer()).byteLength).toBe(BOMB.byteLength);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
});

test('a connection is bound to the addresses that were checked, and a new one is checked anew', async () => {
  const { port } = new URL(origin);
  const answers = [['127.0.0.1'], ['192.168.1.1'], ['127.0.0.1', '169.254.169.254']];
  let asked = 0;
  const rebound = createGuardedFetch({
    allowLoopback: true,
    resolve: (_name, _options, done) =>
      done(
        null,
        (answers[asked++] ?? []).map((address) => ({ address, family: 4 })),
      ),
  });
  const ask = (path: string) => get(rebound, `http://localhost:${port}${path}`);
  // Closes its connection, so that the next one has to be made.
  await expect(ask('/large')).rejects.toMatchObject({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
  expect(asked).toBe(1);
  const before = paths.length;
  await expect(ask('/')).rejects.toThrow('does not resolve to public addresses');
  await expect(ask('/')).rejects.toThrow('does not resolve to public addresses');
  expect([asked, paths.length]).toEqual([3, before]);
  await rebound.close();
});

test.each([
  'https://0177.0.0.1/',
  'https://127.1/',
  'https://0x7f000001/',
  'https://017700000001/',
  'https://[::]/',
  'https://[::1]/',
  'https://[::7f00:1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[fe80::1]/',
  'https://①②⑦.0.0.1/',
])('refuses %s, however it is written', async (url) => {
  await expect(get(shut, url)).rejects.toThrow('not a public address');
});

test.each(['https://example.com:22/', 'https://1.1.1.1:6379/', 'https://example.com:8443/'])(
  'refuses %s: not the port of https',
  async (url) => {
    await expect(get(shut, url)).rejects.toThrow('at port');
    await expect(get(open, url)).rejects.toThrow('at port');
  },
);

test('what only looks like a public host is what it is', async () => {
  await expect(get(shut, 'https://example.com@127.0.0.1/')).rejects.toThrow('not a public address');
  await expect(get(shut, 'https://example.com:443@10.0.0.1/')).rejects.toThrow('not a public address');
  await expect(get(shut, 'https://127.0.0.1\\@example.com/')).rejects.toThrow('not a public address');
  await expect(get(shut, 'https://:word@example.com/')).rejects.toThrow('carries a password');
});
