import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGuardedFetch } from './guarded-fetch.ts';

const paths: string[] = [];
let server: Server;
let origin = '';
const open = createGuardedFetch({ allowLoopback: true });
const shut = createGuardedFetch({ allowLoopback: false });

beforeAll(async () => {
  server = createServer((request, response) => {
    paths.push(request.url ?? '');
    if (request.url === '/redirect') response.writeHead(302, { location: '/secret' }).end();
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
  await expect(get(shut, 'https://localhost:1/')).rejects.toThrow('does not resolve to public addresses');
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
