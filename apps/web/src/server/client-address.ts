import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

type Asked = { headers: IncomingMessage['headers']; socket: { remoteAddress?: string | undefined } };

/**
 * The IP address that a request came from. Each proxy writes whom it heard from at the end of X-Forwarded-For, so with
 * `trustedHops` proxies of ours the client stands so many places before the end; whatever is further to the left the
 * client may have made up. Without proxies only the socket counts.
 */
export function clientAddress({ headers, socket }: Asked, trustedHops: number): string {
  const peer = plain(socket.remoteAddress ?? '');
  const said = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const way = [...said.map(plain).filter((one) => isIP(one) !== 0), peer];
  return way.at(-1 - trustedHops) ?? way[0] ?? peer;
}

/** An IPv4 address that came over an IPv6 socket is written as what it is. */
function plain(address: string): string {
  return address.trim().replace(/^::ffff:(?=\d+[.])/i, '');
}
