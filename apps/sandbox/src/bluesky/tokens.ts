import { randomUUID } from 'node:crypto';
import { revokeAll } from '../oauth/grants.ts';
import type { Site } from '../site.ts';
import type { Session } from '../state/state.ts';
import { invalid, type XrpcError } from './errors.ts';
import { sign, verify } from './jwt.ts';

/** Lifetimes of an app password's tokens in seconds, as the reference PDS gives them. */
const ACCESS_SECONDS = 2 * 3_600;
const REFRESH_SECONDS = 90 * 86_400;

type Scope = 'com.atproto.appPass' | 'com.atproto.refresh';
type Claims = { scope: Scope; sub: string; aud: string; iat: number; exp: number; jti: string; sid: string };

const HEADER = { typ: 'at+jwt', alg: 'HS256' };
const REFRESH_HEADER = { typ: 'refresh+jwt', alg: 'HS256' };

export type TokenPair = { accessJwt: string; refreshJwt: string };

/** Opens a session, or turns one over: the refresh token handed out before no longer works. */
export function issueTokens(site: Site, did: string, sessionId: string = randomUUID()): TokenPair {
  const refresh = randomUUID();
  site.record({ t: 'session', id: sessionId, did, refresh, dead: false });
  const iat = Math.floor(site.clock.now() / 1000);
  const both = { sub: did, aud: 'did:web:sandbox.test', iat, sid: sessionId };
  const accessJwt = sign(site, HEADER, {
    ...both,
    scope: 'com.atproto.appPass',
    exp: iat + ACCESS_SECONDS,
    jti: randomUUID(),
  });
  const refreshJwt = sign(site, REFRESH_HEADER, {
    ...both,
    scope: 'com.atproto.refresh',
    exp: iat + REFRESH_SECONDS,
    jti: refresh,
  });
  return { accessJwt, refreshJwt };
}

/** The session an access token belongs to, or the error that the real server would answer. */
export function checkAccess(site: Site, token: string): Session | XrpcError {
  const found = check(site, token, 'com.atproto.appPass');
  if (found instanceof Error) return found;
  return found.session.dead ? invalid('Token could not be verified', 'InvalidToken') : found.session;
}

/** The session whose latest refresh token this is. */
export function checkRefresh(site: Site, token: string): Session | XrpcError {
  const found = check(site, token, 'com.atproto.refresh');
  if (found instanceof Error) return found;
  const live = !found.session.dead && found.session.refresh === found.claims.jti;
  return live ? found.session : invalid('Token has been revoked', 'ExpiredToken');
}

/** Ends all sessions of an account at once, access tokens included. */
export function revokeSessions(site: Site, did: string): void {
  for (const { id, did: of, dead } of site.state.sessions.values())
    if (of === did && !dead) site.record({ t: 'session', id, did, refresh: null, dead: true });
  revokeAll(site, did);
}

function check(site: Site, token: string, scope: Scope): { claims: Claims; session: Session } | XrpcError {
  const claims = verify<Claims>(site, token);
  const session = claims === null ? undefined : site.state.sessions.get(claims.sid);
  if (claims === null || session === undefined) return invalid('Token could not be verified', 'InvalidToken');
  if (claims.scope !== scope) return invalid('Bad token scope', 'InvalidToken');
  if (claims.exp * 1000 <= site.clock.now()) return invalid('Token has expired', 'ExpiredToken');
  return { claims, session };
}
