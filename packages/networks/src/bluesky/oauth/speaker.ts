import { OAuthSession } from '@atproto/oauth-client-node';

/**
 * Calls with a token and the proof that it is ours. The library's session does more: it renews on its own, and forgets
 * or takes back what it could not keep, which is the caller's to decide.
 */
export class Speaker extends OAuthSession {
  send(url: URL, init: RequestInit, token: string): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `DPoP ${token}`);
    return this.dpopFetch(url, { ...init, headers });
  }
}

/** Whether the server refused the token, and not what was asked with it: RFC 6750 §3.1, RFC 9449 §7.1. */
export function refusesToken(response: Response): boolean {
  return response.status === 401 && errorIn(response) === 'invalid_token';
}

/** Whether it refused the proof beside the token: our clocks differ, or its nonces change faster than we can answer. */
export function refusesProof(response: Response): boolean {
  const error = errorIn(response);
  return response.status === 401 && (error === 'invalid_dpop_proof' || error === 'use_dpop_nonce');
}

function errorIn(response: Response): string | undefined {
  return /\berror="([^"]*)"/.exec(response.headers.get('www-authenticate') ?? '')?.[1];
}
