import type { Problem } from '@secateur/base';
import type { NetworkProblem } from '@secateur/networks/port';

/** What an account's own server said to our sending somebody there, in a person's terms. */
const SENDING: Partial<Record<NetworkProblem, Problem>> = {
  // Nobody was asked yet: it is us whom it does not want.
  declined: 'server_refuses',
  unauthorized: 'server_refuses',
  rejected: 'server_unfit',
  limited: 'server_busy',
  down: 'server_away',
  untyped: 'server_away',
};

/** And to what they brought back. */
const FINISHING: Partial<Record<NetworkProblem, Problem>> = {
  // What it would not have from us was not the answer to our question.
  rejected: 'sign_in_stale',
  unauthorized: 'sign_in_stale',
  deactivated: 'account_locked',
  suspended: 'account_locked',
  limited: 'server_busy',
  down: 'server_away',
  untyped: 'server_away',
};

/** Why somebody's way to their own server ends; null where it means what it means everywhere. */
export function refusalOf(problem: NetworkProblem, step: 'sending' | 'finishing'): Problem | null {
  return (step === 'sending' ? SENDING : FINISHING)[problem] ?? null;
}
