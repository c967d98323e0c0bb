import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort, isFree } from './free-port.ts';

/** Where Linux begins to give ports to whoever connects, ip(7): net.ipv4.ip_local_port_range. */
const HANDED_OUT = 32_768;

test('gives no port twice, and none that the system gives to others', async () => {
  const rows = await Promise.all(Array.from({ length: 300 }, () => freePort(4)));
  const ports = rows.flatMap((first) => [first, first + 1, first + 2, first + 3]);
  expect(new Set(ports).size).toBe(ports.length);
  expect(Math.max(...ports)).toBeLessThan(HANDED_OUT);
});

test('a port that somebody listens on is not free', async () => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  expect(await isFree(port)).toBe(false);
  await new Promise((closed) => server.close(closed));
  expect(await isFree(port)).toBe(true);
});
