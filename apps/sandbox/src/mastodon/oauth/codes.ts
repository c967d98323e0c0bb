import { randomBytes } from 'node:crypto';
import type { Site } from '../../site.ts';

/** What a code stands for until it is exchanged. In memory: it lives for minutes. */
export type Code = {
  server: number;
  app: string;
  ref: number;
  scopes: string;
  redirectUri: string;
  challenge: string | null;
  until: number;
};

/** Milliseconds that a code is good for: `access_token_expires_in` of Doorkeeper's authorization codes. */
export const CODE_LIFE = 600_000;

const all = new WeakMap<Site, Map<string, Code>>();

export function issueCode(site: Site, code: Code): string {
  const codes = all.get(site) ?? new Map<string, Code>();
  all.set(site, codes);
  const text = randomBytes(24).toString('base64url');
  codes.set(text, code);
  return text;
}

/** Takes a code out of the world: it is good once. Null when it is unknown, used or too old. */
export function takeCode(site: Site, text: string): Code | null {
  const code = all.get(site)?.get(text);
  all.get(site)?.delete(text);
  return code === undefined || code.until <= site.clock.now() ? null : code;
}
