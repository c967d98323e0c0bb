import type { IncomingMessage } from 'node:http';
import { OAuthError } from '../oauth/errors.ts';
import { grantOf } from '../oauth/grants.ts';
import { provenKey } from '../oauth/proof.ts';
import type { Site } from '../site.ts';
import { Challenge, XrpcError } from './errors.ts';
import type { Signer } from './method.ts';
import { checkAccess } from './tokens.ts';

const BEARER = 'Bearer ';
const DPOP = 'DPoP ';

/** The credentials that came with a request, and what they prove. */
export type Presented = { token: string | null; session: Signer | XrpcError | null };

/** Reads the credentials of a request to a method: an app password's token, or an OAuth token with its proof. */
export function presented(site: Site, req: IncomingMessage, method: string): Presented {
  const header = req.headers.authorization;
  if (header?.startsWith(DPOP)) {
    const token = header.slice(DPOP.length);
    return { token, session: bound(site, req, method, token) };
  }
  if (!header?.startsWith(BEARER)) return { token: null, session: null };
  const token = header.slice(BEARER.length);
  const session = checkAccess(site, token);
  return { token, session: session instanceof XrpcError ? session : { did: session.did, scope: null } };
}

function bound(site: Site, req: IncomingMessage, method: string, token: string): Signer | XrpcError {
  try {
    const key = provenKey(site, req, `/xrpc/${method}`, token);
    const found = grantOf(site, token);
    if ('refused' in found) return new Challenge('invalid_token', found.refused);
    if (key === null) return new Challenge('invalid_dpop_proof', 'DPoP proof required');
    if (key !== found.grant.proofKey) return new Challenge('invalid_token', 'Invalid DPoP key binding');
    return { did: found.grant.did, scope: found.grant.scope };
  } catch (error) {
    if (error instanceof OAuthError) return new Challenge(error.error, error.message);
    throw error;
  }
}
