import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { AddressRefused } from './address-refused.ts';

type Done = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Looks up all addresses of a name, as Node's `dns.lookup` does when asked for all. */
export type Resolve = (
  name: string,
  options: LookupOptions & { all: true },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A resolver for sockets: looks a name up once and hands the socket the very addresses that passed `allowed`, so that
 * a name can't answer the check with one address and the connection with another. One bad address refuses them all.
 */
export function checkedLookup(allowed: (address: string) => boolean, resolve: Resolve = lookup) {
  return (hostname: string, options: LookupOptions, done: Done): void => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      const [first] = addresses;
      if (first === undefined || !addresses.every((a) => allowed(a.address))) {
        return done(new AddressRefused(hostname, 'does not resolve to public addresses'), []);
      }
      if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}
