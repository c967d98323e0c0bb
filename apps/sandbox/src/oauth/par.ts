import type { IncomingMessage } from 'node:http';
import type { Site } from '../site.ts';
import { authenticated, mayReturnTo } from './clients.ts';
import { badRequest, OAuthError } from './errors.ts';
import { REQUEST } from './lifetimes.ts';
import { provenKey } from './proof.ts';
import { remember } from './requests.ts';
import { understood } from './scopes.ts';

/** A client says beforehand what it will ask somebody for: RFC 9126. */
export function push(site: Site, req: IncomingMessage, form: URLSearchParams): object {
  const proofKey = provenKey(site, req, '/oauth/par', null);
  const { client, key } = authenticated(site, form);
  const given = (name: string): string => {
    const value = form.get(name);
    if (value === null || value === '') throw badRequest(`${name} is missing`);
    return value;
  };
  if (proofKey === null) throw new OAuthError('invalid_dpop_proof', 'DPoP proof required');
  if (given('response_type') !== 'code') throw new OAuthError('unsupported_response_type', 'Only "code" is supported');
  if (given('code_challenge_method') !== 'S256') throw badRequest('atproto requires "S256"');
  const redirectUri = given('redirect_uri');
  if (!mayReturnTo(client, redirectUri)) throw badRequest('Invalid redirect_uri');
  const declared = new Set(client.scope.split(' '));
  const asked = given('scope').split(' ');
  if (!asked.includes('atproto')) throw new OAuthError('invalid_scope', 'The "atproto" scope is required');
  const undeclared = asked.find((one) => !declared.has(one));
  if (undeclared !== undefined) throw new OAuthError('invalid_scope', `Scope "${undeclared}" is not declared`);
  const requestUri = remember(site, {
    clientId: client.id,
    clientKey: key,
    proofKey,
    redirectUri,
    state: given('state'),
    challenge: given('code_challenge'),
    scope: understood(asked.join(' ')).join(' '),
    hint: form.get('login_hint'),
    until: site.clock.now() + REQUEST,
    consent: null,
  });
  return { request_uri: requestUri, expires_in: REQUEST / 1_000 };
}
