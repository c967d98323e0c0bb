import { isIP, SocketAddress } from 'node:net';

const LOOPBACK = /^(127[.]|::1$)/;

/**
 * What a client's address is counted under: an IPv4 address, or the network that an IPv6 address is in, since one line
 * has 2^64 of those. Null where there is nobody to count: an unknown address, or this machine itself, which is a demo or
 * a proxy that TRUSTED_HOPS doesn't name, and then everybody's.
 */
export function clientKey(address: string | null): string | null {
  if (!address || LOOPBACK.test(address)) return null;
  if (isIP(address) === 4) return address;
  if (isIP(address) !== 6) return null;
  return networkOf(new SocketAddress({ address, family: 'ipv6' }).address);
}

/** The first four groups of an IPv6 address, written out. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - groups.length - rest.length }, () => '0');
  return `${[...groups, ...zeros, ...rest].slice(0, 4).join(':')}::/64`;
}
