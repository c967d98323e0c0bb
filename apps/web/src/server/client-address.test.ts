import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

const from = (hops: number, remoteAddress: string | undefined, said?: string) =>
  clientAddress({ socket: { remoteAddress }, headers: said === undefined ? {} : { 'x-forwarded-for': said } }, hops);

test.each<[string, number, string, string | undefined, string]>([
  ['without proxies the socket counts', 0, '203.0.113.7', undefined, '203.0.113.7'],
  ['and nothing that the client says', 0, '203.0.113.7', '1.1.1.1', '203.0.113.7'],
  ['behind one proxy its word counts', 1, '10.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['and not what the client told it', 1, '10.0.0.1', '1.1.1.1, 203.0.113.7', '203.0.113.7'],
  ['behind two the word of the first', 2, '10.0.0.1', '1.1.1.1, 203.0.113.7, 10.0.0.2', '203.0.113.7'],
  ['who came past the proxy is whom the socket names', 1, '203.0.113.7', undefined, '203.0.113.7'],
  ['an IPv4 address on an IPv6 socket is one', 0, '::ffff:203.0.113.7', undefined, '203.0.113.7'],
  ['what is no address is none', 1, '10.0.0.1', 'unknown', '10.0.0.1'],
])('%s', (_, hops, socket, said, client) => {
  expect(from(hops, socket, said)).toBe(client);
});

test('a socket that is gone has no address', () => {
  expect(from(0, undefined)).toBe('');
});
