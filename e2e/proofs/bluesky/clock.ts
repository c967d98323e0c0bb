import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, shiftedClock } from '@secateur/base';

/** The time that the domain lives by, for us and, over HTTP, for worker processes. */
export type MovingClock = Clock & { url: string; advance(ms: number): void; close(): void };

export async function serveClock(): Promise<MovingClock> {
  let offsetMs = 0;
  const server = createServer((_, response) => response.end(JSON.stringify({ offsetMs })));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    ...shiftedClock(() => offsetMs),
    url: `http://127.0.0.1:${port}/clock`,
    advance(ms) {
      offsetMs += ms;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
