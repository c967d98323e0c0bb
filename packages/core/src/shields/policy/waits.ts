import type { Problem } from '@secateur/base';
import type { NetworkProblem } from '@secateur/networks/port';
import type { WaitingFor } from '../schemas.ts';

/** What keeps a crowd from being listed that has not ended: what ends a listing is no reason to wait. */
const LISTING: Partial<Record<string, WaitingFor>> = {
  limited: 'network',
  down: 'network',
  untyped: 'network',
  fenced: 'network',
  unpaid: 'unpaid',
  capped: 'capped',
  no_access: 'closed',
  unaffordable: 'spending',
} satisfies Partial<Record<NetworkProblem, WaitingFor>>;

/** What keeps an account's own people from being read, where that is more than a network that is away. */
const READING: Partial<Record<string, WaitingFor>> = {
  network_unpaid: 'unpaid',
  network_capped: 'capped',
  network_closed: 'closed',
  spending_cap: 'spending',
} satisfies Partial<Record<Problem, WaitingFor>>;

/** What a shield waits for whose crowd was last answered so; null where that ends the listing, or nothing is wrong. */
export function waitsWhileListing(problem: string | null): WaitingFor | null {
  return LISTING[problem ?? ''] ?? null;
}

/** The same of a reading of own people; null where it only has to be read. */
export function waitsWhileReading(problem: string | null): WaitingFor | null {
  return READING[problem ?? ''] ?? null;
}
