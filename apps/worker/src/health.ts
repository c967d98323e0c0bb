import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Db } from '@secateur/db';
import { registry } from './metrics.ts';

/** `/health` (200 when the database answers) and `/metrics`, on the loopback interface. Returns the port it listens on. */
export async function serveHealth(
  port: number,
  db: Db,
  alive: () => boolean,
): Promise<{ port: number; server: Server }> {
  const server = createServer((request, response) => {
    const answer = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type }).end(body);
    if (request.url === '/health') {
      db.pool.query('select 1').then(
        () => (alive() ? answer(200, 'text/plain', 'ok') : answer(503, 'text/plain', 'taken for dead')),
        () => answer(503, 'text/plain', 'no database'),
      );
    } else if (request.url === '/metrics') {
      registry.metrics().then(
        (text) => answer(200, registry.contentType, text),
        () => answer(500, 'text/plain', 'no metrics'),
      );
    } else answer(404, 'text/plain', 'not found');
  });
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', ready);
  });
  return { port: (server.address() as AddressInfo).port, server };
}
