import { createServer } from 'node:net';

/**
 * Ports that no system hands out by itself: Linux gives outgoing connections 32768 and above, others 49152 and above
 * (ip(7), RFC 6335), so that nobody but who asks here takes one between the asking and the listening.
 */
const FIRST = 20_000;
const COUNT = 12_000;

const given = new Set<number>();

/** The first of `row` ports next to each other on 127.0.0.1 that nobody listens on, and that this process has not been given before. */
export async function freePort(row = 1): Promise<number> {
  for (;;) {
    const first = FIRST + Math.floor(Math.random() * (COUNT - row));
    const ports = Array.from({ length: row }, (_, n) => first + n);
    if (ports.some((port) => given.has(port))) continue;
    for (const port of ports) given.add(port);
    if ((await Promise.all(ports.map(isFree))).every((free) => free)) return first;
  }
}

/** Whether nobody listens on a port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', () => settle(false));
    server.listen(port, '127.0.0.1', () => server.close(() => settle(true)));
  });
}
