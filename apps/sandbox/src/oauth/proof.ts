import type { IncomingMessage } from 'node:http';
import type { Site } from '../site.ts';
import { OAuthError } from './errors.ts';
import { isSignedBy, type Jwk, readJwt, sha256, thumbprint } from './jwt.ts';
import { PROOF } from './lifetimes.ts';
import { isNonce } from './nonce.ts';

const KEPT = 50_000;
/** Proofs that were used, so that none is used twice. */
const used = new WeakMap<Site, Set<string>>();

/**
 * The thumbprint of the key that a request's DPoP proof is signed with (RFC 9449 §4.3); null without a proof. `token` is
 * the access token that it must name. Throws what the server answers to a proof that is none.
 */
export function provenKey(site: Site, req: IncomingMessage, path: string, token: string | null): string | null {
  const header = req.headers.dpop;
  if (header === undefined) return null;
  const bad = (why: string) => new OAuthError('invalid_dpop_proof', why);
  const jwt = typeof header === 'string' ? readJwt(header) : null;
  if (jwt === null || jwt.header.typ !== 'dpop+jwt') throw bad('DPoP header must contain a single proof');
  const jwk = jwt.header.jwk as Jwk | undefined;
  if (typeof jwk !== 'object' || !isSignedBy(jwt, jwk)) throw bad('Failed to verify DPoP proof');
  const { iat, jti, htm, htu, nonce, ath } = jwt.claims;
  if (typeof iat !== 'number' || Math.abs(Date.now() - iat * 1_000) > PROOF) throw bad('DPoP proof is too old');
  if (typeof jti !== 'string' || jti === '') throw bad('DPoP "jti" missing');
  if (htm !== req.method) throw bad('DPoP "htm" mismatch');
  if (htu !== `${site.origin}${path}`) throw bad('DPoP "htu" mismatch');
  if (!isNonce(site, nonce))
    throw new OAuthError('use_dpop_nonce', 'Authorization server requires nonce in DPoP proof');
  if (ath !== (token === null ? undefined : sha256(token))) throw bad('DPoP "ath" mismatch');
  if (wasUsed(site, jti)) throw bad('DPoP proof replayed');
  return thumbprint(jwk);
}

function wasUsed(site: Site, jti: string): boolean {
  const seen = used.get(site) ?? new Set<string>();
  used.set(site, seen);
  if (seen.has(jti)) return true;
  if (seen.size >= KEPT) seen.clear();
  seen.add(jti);
  return false;
}
