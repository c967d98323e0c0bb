import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLIENT_ADDRESS, type EachRequest, onEachRequest } from './each-request.ts';

let server: Server;
beforeAll(async () => {
  server = createServer((asked, answer) => answer.end(String(asked.headers[CLIENT_ADDRESS])));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterAll(() => {
  server.close();
});

/** What a handler is told of the address, and what the answer says about https. */
async function ask(settings: EachRequest, headers: Record<string, string>) {
  const end = onEachRequest(settings);
  try {
    return await new Promise<[string, string | undefined]>((settle, fail) => {
      const asked = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', headers }, (answer) => {
        let text = '';
        answer.on('data', (part) => {
          text += part;
        });
        answer.once('end', () => settle([text, answer.headers['strict-transport-security']]));
      });
      asked.once('error', fail);
      asked.end();
    });
  } finally {
    end();
  }
}

test('a handler is told the socket’s address, whatever the client claims', async () => {
  const lies = { [CLIENT_ADDRESS]: '1.1.1.1', 'x-forwarded-for': '1.1.1.1' };
  expect(await ask({ https: false, trustedHops: 0 }, lies)).toEqual(['127.0.0.1', undefined]);
});

test('behind a proxy it is told what the proxy says', async () => {
  const forwarded = { 'x-forwarded-for': '1.1.1.1, 203.0.113.7' };
  expect((await ask({ https: false, trustedHops: 1 }, forwarded))[0]).toBe('203.0.113.7');
});

test('where people come by https, they come by nothing else', async () => {
  expect((await ask({ https: true, trustedHops: 0 }, {}))[1]).toMatch(/^max-age=\d{8}$/);
});
