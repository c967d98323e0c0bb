import { randomBytes, randomUUID } from 'node:crypto';
import { sign, verify } from '../bluesky/jwt.ts';
import type { Site } from '../site.ts';
import type { GrantRow } from '../state/events.ts';
import type { Grant } from '../state/state.ts';
import { badGrant } from './errors.ts';
import { ACCESS, CONFIDENTIAL, PUBLIC } from './lifetimes.ts';

const HEADER = { typ: 'at+jwt', alg: 'HS256' } as const;

/** An access token's claims, beside the usual ones: which grant it belongs to, and the key it is bound to. */
export type GrantClaims = { gid: string; jti: string; sub: string; exp: number; cnf: { jkt: string } };

/** Tokens for what somebody consented to. */
export function begin(
  site: Site,
  of: Omit<GrantRow, 'id' | 'token' | 'refresh' | 'beganAt' | 'renewedAt' | 'dead'>,
): object {
  const now = site.clock.now();
  return hand(site, { ...of, id: randomUUID(), ...fresh(), beganAt: now, renewedAt: now, dead: false });
}

/**
 * Turns a refresh token over; the access token before no longer works. One that was turned over already ends the grant,
 * since two people hold it now. Throws `invalid_grant`.
 */
export function renew(
  site: Site,
  refresh: string,
  by: { clientId: string; clientKey: string | null; proofKey: string },
) {
  const grant = [...site.state.grants.values()].find((one) => one.refresh === refresh || one.spent.has(refresh));
  if (grant === undefined || grant.dead) throw badGrant('Invalid refresh token');
  if (grant.refresh !== refresh) throw ended(site, grant, 'Refresh token replayed');
  if (grant.clientId !== by.clientId) throw ended(site, grant, 'Token was not issued to this client');
  if (grant.clientKey !== by.clientKey || grant.proofKey !== by.proofKey)
    throw ended(site, grant, 'The session was initiated with a different key');
  const now = site.clock.now();
  const { whole, idle } = lifetimesOf(grant);
  if (now - grant.beganAt > whole) throw ended(site, grant, 'Session expired');
  if (now - grant.renewedAt > idle) throw ended(site, grant, 'Refresh token expired');
  return hand(site, { ...grant, ...fresh(), renewedAt: now });
}

/** The grant that an access token belongs to, if it is its present one and has not run out. */
export function grantOf(site: Site, token: string): { grant: Grant } | { refused: string } {
  const claims = verify<GrantClaims>(site, token);
  const grant = claims === null ? undefined : site.state.grants.get(claims.gid);
  if (claims === null || grant === undefined || grant.dead || grant.token !== claims.jti)
    return { refused: 'Invalid token' };
  if (claims.exp * 1_000 <= site.clock.now()) return { refused: 'Token expired' };
  return { grant };
}

/** Ends the grant that a token of either kind belongs to. Nothing where there is none. */
export function revoke(site: Site, token: string, clientId: string): void {
  const gid = verify<GrantClaims>(site, token)?.gid;
  const grant = [...site.state.grants.values()].find((one) => one.id === gid || one.refresh === token);
  if (grant !== undefined && grant.clientId === clientId) end(site, grant);
}

export function revokeAll(site: Site, did: string): void {
  for (const grant of site.state.grants.values()) if (grant.did === did && !grant.dead) end(site, grant);
}

function fresh(): Pick<Grant, 'token' | 'refresh'> {
  return { token: randomUUID(), refresh: `ref-${randomBytes(32).toString('hex')}` };
}

function hand(site: Site, grant: GrantRow): object {
  const { id, did, token, refresh, scope, proofKey } = grant;
  record(site, grant);
  const now = site.clock.now();
  const until = Math.min(now + ACCESS, grant.beganAt + lifetimesOf(grant).whole);
  const exp = Math.floor(until / 1_000);
  return {
    access_token: sign(site, HEADER, {
      gid: id,
      jti: token,
      sub: did,
      iat: Math.floor(now / 1_000),
      exp,
      aud: 'did:web:sandbox.test',
      client_id: grant.clientId,
      cnf: { jkt: proofKey },
    }),
    token_type: 'DPoP',
    refresh_token: refresh,
    scope,
    expires_in: exp - Math.floor(now / 1_000),
    sub: did,
  };
}

function end(site: Site, grant: Grant): void {
  record(site, { ...grant, dead: true });
}

/** The journal keeps one row a change; what was spent follows from them. */
function record(site: Site, { spent: _, ...row }: GrantRow & { spent?: ReadonlySet<string> }): void {
  site.record({ t: 'grant', ...row });
}

function ended(site: Site, grant: Grant, why: string) {
  end(site, grant);
  return badGrant(why);
}

function lifetimesOf({ clientKey }: { clientKey: string | null }) {
  return clientKey === null ? PUBLIC : CONFIDENTIAL;
}
