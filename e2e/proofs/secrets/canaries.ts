import { randomBytes } from 'node:crypto';
import type { Canary } from './search.ts';

/** The secrets of a run, as they come to be. */
export type Canaries = {
  /** A password with everything in it that some encoding writes differently. */
  password(): string;
  /** Takes a token note: parts of it, since what it begins with stands in every token. */
  token(kind: string, token: string): void;
  text(kind: string, secret: string): void;
  bytes(kind: string, secret: Uint8Array): void;
  /** Somebody accepted it for what it is: a secret that never worked would be found nowhere, and show nothing. */
  worked(kind: string, secret: string): void;
  all(): Canary[];
  /** How many there are of each kind, and how many of them worked. */
  count(): Record<string, { planted: number; worked: number }>;
};

/** Bytes of a token's part that are looked for. Long enough to be nobody else's. */
const PART = 24;

export function plantCanaries(): Canaries {
  const known = new Map<string, Canary>();
  const working = new Map<string, Set<string>>();
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
    text: (kind, secret) => add(kind, Buffer.from(secret)),
    bytes: (kind, secret) => add(kind, Buffer.from(secret)),
    worked: (kind, secret) => void working.set(kind, (working.get(kind) ?? new Set()).add(secret)),
    all: () => [...known.values()],
    count() {
      const counts: Record<string, { planted: number; worked: number }> = {};
      for (const { kind } of known.values()) {
        counts[kind] ??= { planted: 0, worked: working.get(kind)?.size ?? 0 };
        counts[kind].planted += 1;
      }
      return counts;
    },
  };
}
