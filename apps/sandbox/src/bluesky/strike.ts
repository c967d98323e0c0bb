import type { Fault } from '../faults/fault.ts';
import { POLICIES } from '../limits/policies.ts';
import { personByName } from '../state/people.ts';
import { Challenge, invalid, LimitExceeded, untyped, XrpcError } from './errors.ts';
import type { Call } from './method.ts';
import { checkRefresh, revokeSessions } from './tokens.ts';

/** Seconds until a 429 that was set up may be tried again, where nobody said. */
const RETRY_AFTER = 30;

/** Whether a fault breaks the connection before or after the request is carried out. */
export function breaks(fault: Fault, when: 'before' | 'after'): boolean {
  return fault.kind === (when === 'before' ? 'reset-before' : 'applied-then-reset');
}

/** What a fault answers instead of the method, null where it lets the method answer. */
export function faultError(fault: Fault, call: Call): XrpcError | null {
  switch (fault.kind) {
    case '429':
      return new LimitExceeded({
        policy: POLICIES.address,
        remaining: 0,
        resetAt: call.site.clock.now() + (fault.retryAfterSeconds ?? RETRY_AFTER) * 1000,
        exceeded: true,
      });
    case '500':
      return untyped();
    case '502':
      return new XrpcError(502, 'UpstreamFailure', 'Upstream Failure');
    case '503':
      return new XrpcError(503, 'NotEnoughResources', 'Service Unavailable');
    case '504':
      return new XrpcError(504, 'UpstreamTimeout', 'Upstream Timeout');
    case 'raced':
      return invalid('Commit was at another place', 'InvalidSwap');
    case 'token-revoked':
      return revoke(fault, call);
    case 'expired-token':
      return call.session === null || call.session instanceof XrpcError ? null : expired(call);
    case 'reset-before':
    case 'applied-then-reset':
    case 'slow':
      return null;
    default:
      // Nothing that these servers do.
      return null;
  }
}

/** As each kind of session says it. */
function expired(call: Call): XrpcError {
  const oauth = call.session !== null && !(call.session instanceof XrpcError) && call.session.scope !== null;
  return oauth ? new Challenge('invalid_token', 'Token expired') : invalid('Token has expired', 'ExpiredToken');
}

/** Ends the sessions of whoever signed the request, then answers as it would have with a revoked token. */
function revoke(fault: Fault, call: Call): XrpcError | null {
  const { site, token } = call;
  const refreshed = token === null ? null : checkRefresh(site, token);
  const session = call.session instanceof XrpcError ? refreshed : call.session;
  if (session !== null && !(session instanceof XrpcError)) revokeSessions(site, session.did);
  else if (fault.account !== undefined) revokeSessions(site, personByName(site.state, fault.account)?.did ?? '');
  // A refresh token's own method has the right words for it.
  return session === null || session === refreshed ? null : invalid('Token could not be verified', 'InvalidToken');
}
