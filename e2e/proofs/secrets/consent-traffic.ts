import { createHash, createPublicKey, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Canaries } from './canaries.ts';

/** Kinds of secrets that somebody's consent at their own server brings with it. */
export const OF_CONSENT = [
  'OAuth state',
  'OAuth code',
  'PKCE verifier',
  'OAuth access token',
  'OAuth refresh token',
  'DPoP key',
  'client key',
] as const;
export type OfConsent = (typeof OF_CONSENT)[number];

export type PublicJwk = { kid: string; kty: string; crv: string; x: string; y: string };

/** What one request to the pretend network's authorisation server, or one with a token from it, holds. */
export type Consenting = {
  /** Whose it is, where that is known; `consent` where it isn't. */
  did: string;
  /** As faults name it. */
  method: string;
  secrets: { kind: OfConsent; secret: string }[];
};

const ENDPOINT = /^\/(oauth\/(?:par|token|revoke))$/;
const HELD: [field: string, kind: OfConsent][] = [
  ['refresh_token', 'OAuth refresh token'],
  ['token', 'OAuth refresh token'],
  ['code', 'OAuth code'],
  ['code_verifier', 'PKCE verifier'],
  ['state', 'OAuth state'],
];

/** Reads what goes by on the way to the pretend network and knows which secrets it accepted. */
export function consentTraffic(canaries: Canaries, clientKey: PublicJwk) {
  /** Thumbprints (RFC 7638) of the keys whose proofs were accepted. */
  const proven = new Set<string>();
  const client = createPublicKey({ key: { ...clientKey }, format: 'jwk' });

  return {
    proven: (jwk: PublicJwk) => proven.has(thumbprint(jwk)),
    /** Null: a request of another kind. */
    read(path: string, headers: IncomingHttpHeaders, body: Buffer): Consenting | null {
      const method = ENDPOINT.exec(path)?.[1];
      if (method === undefined) {
        const access = /^DPoP (.+)$/.exec(headers.authorization ?? '')?.[1];
        if (access === undefined) return null;
        const did = String(claimsOf(access).sub);
        const called = /^\/xrpc\/([\w.]+)/.exec(path)?.[1] ?? '';
        return { did, method: called, secrets: [{ kind: 'OAuth access token', secret: access }] };
      }
      const form = new URLSearchParams(body.toString());
      const secrets = HELD.flatMap(([field, kind]) => {
        const secret = form.get(field);
        return secret === null ? [] : [{ kind, secret }];
      });
      for (const { kind, secret } of secrets) canaries.text(kind, secret);
      return { did: 'consent', method, secrets };
    },
    /** Takes note that the network accepted it, and of what it gave for it. */
    accepted({ secrets }: Consenting, headers: IncomingHttpHeaders, body: Buffer, answer: string): void {
      for (const { kind, secret } of secrets) canaries.worked(kind, secret);
      if (typeof headers.dpop === 'string') proven.add(thumbprint(headOf(headers.dpop).jwk as PublicJwk));
      const assertion = new URLSearchParams(body.toString()).get('client_assertion');
      if (assertion !== null && isSigned(assertion)) canaries.worked('client key', clientKey.kid);
      for (const [, name, token = ''] of answer.matchAll(/"(access_token|refresh_token)":"([^"]+)"/g)) {
        if (name === 'access_token') canaries.token('OAuth access token', token);
        else canaries.text('OAuth refresh token', token);
      }
    },
  };

  function isSigned(jwt: string): boolean {
    const [head = '', claims = '', signature = ''] = jwt.split('.');
    const key = { key: client, dsaEncoding: 'ieee-p1363' } as const;
    return verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'));
  }
}
export type ConsentTraffic = ReturnType<typeof consentTraffic>;

function thumbprint({ crv, kty, x, y }: PublicJwk): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}

function headOf(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString());
}

function claimsOf(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
}
