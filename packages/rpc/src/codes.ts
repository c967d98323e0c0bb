import type { Problem } from '@secateur/base';
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server';

/** The one place where the domain's problems meet tRPC's codes, and by them HTTP's. */
export const CODES: Record<Problem, TRPC_ERROR_CODE_KEY> = {
  not_signed_in: 'UNAUTHORIZED',
  not_allowed: 'FORBIDDEN',
  suspended: 'FORBIDDEN',
  last_owner: 'CONFLICT',
  other_address: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  invalid_input: 'BAD_REQUEST',
  already_done: 'CONFLICT',
  unknown_handle: 'UNPROCESSABLE_CONTENT',
  yourself: 'UNPROCESSABLE_CONTENT',
  deactivated_account: 'UNPROCESSABLE_CONTENT',
  suspended_account: 'UNPROCESSABLE_CONTENT',
  protected_account: 'UNPROCESSABLE_CONTENT',
  crowd_too_large: 'UNPROCESSABLE_CONTENT',
  connection_revoked: 'PRECONDITION_FAILED',
  connection_elsewhere: 'CONFLICT',
  wrong_password: 'UNPROCESSABLE_CONTENT',
  second_factor_needed: 'UNPROCESSABLE_CONTENT',
  network_down: 'UNPROCESSABLE_CONTENT',
  network_limit: 'TOO_MANY_REQUESTS',
  not_supported: 'NOT_IMPLEMENTED',
  too_many_tries: 'TOO_MANY_REQUESTS',
};
