import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HOUR, MINUTE } from '@secateur/base';
import { expect, test } from 'vitest';
import { followClock } from './follow-clock.ts';

/** How far a followed clock is from the machine's, when its server answers `body`. */
async function distance(body: string): Promise<number> {
  const server = createServer((_, response) => response.end(body));
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const { port } = server.address() as AddressInfo;
  const ending = new AbortController();
  try {
    const { clock, ready } = followClock(`http://127.0.0.1:${port}/clock`, ending.signal);
    await ready;
    return clock.now().getTime() - Date.now();
  } finally {
    ending.abort();
    server.close();
  }
}

test('a followed clock is as far ahead as its server says', async () => {
  expect(Math.abs((await distance(JSON.stringify({ offsetMs: 5 * HOUR }))) - 5 * HOUR)).toBeLessThan(MINUTE);
});

test.each(['nonsense', '{}', '{"offsetMs":"soon"}'])('an answer like %j leaves it where it was', async (body) => {
  expect(Math.abs(await distance(body))).toBeLessThan(MINUTE);
});
