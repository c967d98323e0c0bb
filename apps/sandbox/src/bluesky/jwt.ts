import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Site } from '../site.ts';

const KEPT = 20_000;
/** Tokens whose signature was found good, so that each is checked once. */
const verified = new WeakMap<Site, Map<string, unknown>>();

/** A token that only this sandbox can have made. */
export function sign(site: Site, header: object, claims: object): string {
  const body = `${encode(header)}.${encode(claims)}`;
  return `${body}.${signature(site, body).toString('base64url')}`;
}

/** What a token of ours says, null for anybody else's. Whether it still holds is the caller's to judge. */
export function verify<Claims>(site: Site, token: string): Claims | null {
  let known = verified.get(site);
  if (known === undefined || known.size > KEPT) {
    known = new Map();
    verified.set(site, known);
  }
  const before = known.get(token);
  if (before !== undefined) return before as Claims;
  const at = token.lastIndexOf('.');
  const given = Buffer.from(token.slice(at + 1), 'base64url');
  const right = signature(site, token.slice(0, Math.max(0, at)));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
  known.set(token, claims);
  return claims;
}

function signature(site: Site, text: string): Buffer {
  return createHmac('sha256', site.state.secret).update(text).digest();
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
