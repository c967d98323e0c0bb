import { MINUTE } from '@secateur/base/clock';
import type { NetworkName } from '@secateur/networks/port';

/** Milliseconds between two readings of what an account holds that members ask for: each takes requests of the account's own budget. */
export const READ_EVERY = 5 * MINUTE;

/** Whether a member may have it read now. On X every page costs money (docs/decisions/0024-x.md), and it is read once a day anyway. */
export function readableNow(network: NetworkName): boolean {
  return network !== 'x';
}
