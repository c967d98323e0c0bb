import type { ConnectionView } from '@secateur/core/connections/schemas';

/** Accounts that belong here: neither moved away, nor connected somewhere else still. */
export function inUse(connections: ConnectionView[]): ConnectionView[] {
  return connections.filter(({ state }) => state !== 'gone' && state !== 'elsewhere');
}
