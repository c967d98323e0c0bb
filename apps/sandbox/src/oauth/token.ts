import type { IncomingMessage } from 'node:http';
import type { Site } from '../site.ts';
import { authenticated } from './clients.ts';
import { badGrant, OAuthError } from './errors.ts';
import { begin, renew, revoke } from './grants.ts';
import { sha256 } from './jwt.ts';
import { provenKey } from './proof.ts';
import { redeem } from './requests.ts';

/** Tokens for a code, or for a refresh token. */
export function token(site: Site, req: IncomingMessage, form: URLSearchParams): object {
  const proofKey = provenKey(site, req, '/oauth/token', null);
  const { client, key } = authenticated(site, form);
  if (proofKey === null) throw new OAuthError('invalid_dpop_proof', 'DPoP proof required');
  const by = { clientId: client.id, clientKey: key, proofKey };
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return forCode(site, form, by);
    case 'refresh_token':
      return renew(site, form.get('refresh_token') ?? '', by);
    default:
      throw new OAuthError('unsupported_grant_type', 'This grant type is not supported');
  }
}

/** RFC 7009: what is no token is no error. */
export function giveUp(site: Site, req: IncomingMessage, form: URLSearchParams): object {
  provenKey(site, req, '/oauth/revoke', null);
  const { client } = authenticated(site, form);
  revoke(site, form.get('token') ?? '', client.id);
  return {};
}

type By = { clientId: string; clientKey: string | null; proofKey: string };

/** The code is used up by trying, so that nobody guesses at what belongs to it. */
function forCode(site: Site, form: URLSearchParams, by: By): object {
  const asked = redeem(site, form.get('code') ?? '');
  if (asked === null) throw badGrant('Invalid code');
  if (asked.clientId !== by.clientId) throw badGrant('Token was not issued to this client');
  if (asked.clientKey !== by.clientKey) throw badGrant('The session was initiated with a different key');
  if (asked.proofKey !== by.proofKey) throw badGrant('DPoP proof does not match the expected JKT');
  if (asked.redirectUri !== form.get('redirect_uri')) throw badGrant('The redirect_uri parameter must match');
  if (sha256(form.get('code_verifier') ?? '') !== asked.challenge) throw badGrant('Invalid code_verifier');
  return begin(site, { ...by, did: asked.consent.did, scope: asked.scope });
}
