import { randomBytes } from 'node:crypto';
import type { Site } from '../../site.ts';

/** What a code stands for until it is exchanged. In memory: it lives for half a minute. */
export type Code = {
  app: string;
  ref: number;
  scope: string;
  redirectUri: string;
  challenge: string;
  until: number;
};

/** Milliseconds that a code is good for: fundamentals/authentication/oauth-2-0/user-access-token. */
export const CODE_LIFE = 30_000;

const all = new WeakMap<Site, Map<string, Code>>();

export function issueCode(site: Site, code: Code): string {
  const codes = all.get(site) ?? new Map<string, Code>();
  all.set(site, codes);
  const text = randomBytes(36).toString('base64url');
  codes.set(text, code);
  return text;
}

/** The code, and whether it is still good. Asking with the wrong proof does not use it up. */
export function findCode(site: Site, text: string): Code | null {
  const code = all.get(site)?.get(text);
  return code === undefined || code.until <= site.clock.now() ? null : code;
}

export function dropCode(site: Site, text: string): void {
  all.get(site)?.delete(text);
}
