import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto';

export type Jwk = JsonWebKey & { kid?: string };
export type Jwt = {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  signed: string;
  signature: Buffer;
};

/** The parts of a signed token, none of them checked. Null for what is none. */
export function readJwt(text: string): Jwt | null {
  const [header, claims, signature, ...rest] = text.split('.');
  if (!header || !claims || !signature || rest.length > 0) return null;
  try {
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
    return {
      header: read(header),
      claims: read(claims),
      signed: `${header}.${claims}`,
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    return null;
  }
}

/** Whether this key signed it, with ES256 (RFC 7518 §3.4). */
export function isSignedBy(jwt: Jwt, jwk: Jwk): boolean {
  if (jwt.header.alg !== 'ES256' || jwk.kty !== 'EC' || jwk.crv !== 'P-256' || jwk.d !== undefined) return false;
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    return verify('sha256', Buffer.from(jwt.signed), { key, dsaEncoding: 'ieee-p1363' }, jwt.signature);
  } catch {
    return false;
  }
}

/** What a key is known by: RFC 7638. */
export function thumbprint({ crv, kty, x, y }: Jwk): string {
  return sha256(JSON.stringify({ crv, kty, x, y }));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
