import type { Problem } from '@secateur/base';
import { NetworkError } from '@secateur/networks/port';

const MEANING = {
  not_found: 'unknown_handle',
  deactivated: 'deactivated_account',
  suspended: 'suspended_account',
  unauthorized: 'connection_revoked',
  declined: 'declined',
  second_factor: 'second_factor_needed',
  limited: 'network_limit',
  down: 'network_down',
  untyped: 'network_down',
  fenced: 'network_down',
  rejected: 'not_supported',
  unpaid: 'network_unpaid',
  capped: 'network_capped',
  no_access: 'network_closed',
  unaffordable: 'spending_cap',
} as const satisfies Record<NetworkError['problem'], Problem>;

/** What a network's refusal means to a person. Anything that is not a network's refusal is thrown again. */
export function meaningOf(error: unknown): Problem {
  if (error instanceof NetworkError) return MEANING[error.problem];
  throw error;
}

/** The same of a refusal that was written down. */
export function meaningOfKept(problem: string): Problem | null {
  return Object.entries(MEANING).find(([name]) => name === problem)?.[1] ?? null;
}

/** Whether waiting helps: the network is away or wants us to slow down. */
export function passes(error: unknown): error is NetworkError {
  return error instanceof NetworkError && (error.problem === 'limited' || error.problem === 'down');
}
