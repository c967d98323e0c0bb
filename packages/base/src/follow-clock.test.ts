import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { DAY } from './clock.ts';
import { followClock } from './follow-clock.ts';

let server: Server;
let ending: AbortController;
afterEach(() => {
  ending.abort();
  server.close();
});

async function follow(answer: string): Promise<number> {
  ending = new AbortController();
  server = createServer((_, response) => response.end(answer));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const { clock, ready } = followClock(`http://127.0.0.1:${port}/clock`, ending.signal);
  await ready;
  return Math.round((clock.now().getTime() - Date.now()) / DAY);
}

test('time is as far off as the other clock says', async () => {
  expect(await follow(JSON.stringify({ offsetMs: 42 * DAY }))).toBe(42);
});

test.for(['', '[]', '{"offsetMs":"42"}', '<html>'])(
  'an answer that means nothing (%s) changes nothing',
  async (answer) => {
    expect(await follow(answer)).toBe(0);
  },
);
