import type { ActingAccount, NetworkPort } from '@secateur/networks/port';

/** An adapter whose accounts are what `wrap` makes of them. */
export function acting(port: NetworkPort, wrap: (account: ActingAccount) => ActingAccount): NetworkPort {
  return { ...port, actFor: (credentials, rotated) => wrap(port.actFor(credentials, rotated)) };
}
