import type { Credentials } from '../../port.ts';
import type { Auth } from './clients.ts';

/** What a person's consent was exchanged for. The refresh token works once; times are the network's. */
export type OAuthCredentials = {
  kind: 'oauth';
  /** Whom it was made for: nobody else can renew it. */
  clientId: string;
  auth: Auth;
  did: `did:plc:${string}` | `did:web:${string}`;
  /** The authorisation server, and the account's own server. */
  issuer: string;
  pds: string;
  scope: string;
  access: string;
  refresh: string;
  /** The private key that every call is signed with. */
  key: object;
  beganAt: string;
  renewedAt: string;
  /** When the access token runs out; null where the server doesn't say. */
  expiresAt: string | null;
};

const TEXTS = ['clientId', 'issuer', 'pds', 'scope', 'access', 'refresh', 'beganAt', 'renewedAt'] as const;

export function packOAuth(session: OAuthCredentials): Credentials {
  return JSON.stringify(session);
}

/** Null for anything that `packOAuth` did not make. */
export function unpackOAuth(value: unknown): OAuthCredentials | null {
  return isOAuth(value) ? value : null;
}

function isOAuth(value: unknown): value is OAuthCredentials {
  if (typeof value !== 'object' || value === null) return false;
  const given: Record<string, unknown> = { ...value };
  return (
    given.kind === 'oauth' &&
    TEXTS.every((name) => typeof given[name] === 'string') &&
    typeof given.did === 'string' &&
    /^did:(plc|web):/.test(given.did) &&
    typeof given.key === 'object' &&
    given.key !== null &&
    typeof given.auth === 'object' &&
    given.auth !== null
  );
}
