/**
 * Every way in which the domain says no. The set is closed: a transport maps each code once, the web app has one
 * sentence for each, and anything else is a fault that is logged with its cause and shown as one opaque sentence.
 */
export const PROBLEMS = [
  'not_signed_in',
  'not_allowed',
  'suspended',
  'last_owner',
  'other_address',
  'not_found',
  'invalid_input',
  'already_done',
  'unknown_handle',
  'yourself',
  'deactivated_account',
  'suspended_account',
  'protected_account',
  'hidden_account',
  'crowd_too_large',
  'not_ready',
  'named_twice',
  'unknown_crowd',
  'reading_needed',
  'not_shareable',
  'too_many_lists',
  'not_on_list',
  'several_named',
  'no_account_there',
  'threshold_too_high',
  'allow_list_full',
  'file_too_large',
  'file_utf16',
  'file_not_text',
  'file_empty',
  'connection_revoked',
  'connection_elsewhere',
  'consent_needed',
  'being_moved',
  'wrong_password',
  'second_factor_needed',
  'declined',
  'sign_in_stale',
  'server_unfit',
  'server_refuses',
  'server_away',
  'server_busy',
  'account_locked',
  'network_down',
  'network_limit',
  'network_unpaid',
  'network_capped',
  'network_closed',
  'spending_cap',
  'not_supported',
  'too_many_tries',
  'export_running',
  'step_up_needed',
  'passkey_refused',
  'passkey_second',
  'last_passkey',
  'code_refused',
  'same_address',
  'address_taken',
  'way_taken',
  'last_way',
] as const;
export type Problem = (typeof PROBLEMS)[number];

/** A refusal that a person can do something about. `data` fills the gaps in its sentence; it never holds secrets. */
export class Refusal extends Error {
  readonly problem: Problem;
  readonly data: Readonly<Record<string, string | number>>;
  constructor(problem: Problem, data: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(problem, options);
    this.name = 'Refusal';
    this.problem = problem;
    this.data = data;
  }
}

/** The problem an error stands for, or null when nobody expected it. */
export function problemOf(error: unknown): Problem | null {
  return error instanceof Refusal ? error.problem : null;
}
