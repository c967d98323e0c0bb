import { randomBytes } from 'node:crypto';
import type { Canary } from './search.ts';

/** The secrets of a run, as they come to be. */
export type Canaries = {
  /** A password with everything in it that some encoding writes differently. */
  password(): string;
  /** Takes a token note: parts of it, since what it begins with stands in every token. */
  token(kind: string, token: string): void;
  bytes(kind: string, secret: Uint8Array): void;
  all(): Canary[];
  count(): Record<string, number>;
};

/** Bytes of a token's part that are looked for. Long enough to be nobody else's. */
const PART = 24;

export function plantCanaries(): Canaries {
  const known = new Map<string, Canary>();
  const add = (kind: string, secret: Buffer) => void known.set(`${kind} ${secret.toString('hex')}`, { kind, secret });
  return {
    password() {
      const password = `ca<na>"ry'\\&é %${randomBytes(9).toString('base64url')}`;
      add('password', Buffer.from(password));
      return password;
    },
    token(kind, token) {
      const [, claims = '', signature = ''] = token.split('.');
      for (const part of [claims.slice(-PART), signature.slice(0, PART)]) {
        if (part.length === PART) add(kind, Buffer.from(part));
      }
    },
    bytes: (kind, secret) => add(kind, Buffer.from(secret)),
    all: () => [...known.values()],
    count() {
      const counts: Record<string, number> = {};
      for (const { kind } of known.values()) counts[kind] = (counts[kind] ?? 0) + 1;
      return counts;
    },
  };
}
