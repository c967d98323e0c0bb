import { createHmac } from 'node:crypto';
import type { Site } from '../site.ts';
import { NONCE } from './lifetimes.ts';

/** The nonce that proofs must carry now: it changes every third of its life, so that each works for a while. */
export function nonceOf(site: Site, back = 0): string {
  const turn = Math.floor(Date.now() / (NONCE / 3)) - back;
  return createHmac('sha256', site.state.secret).update(`nonce ${turn}`).digest('base64url');
}

export function isNonce(site: Site, text: unknown): boolean {
  return [0, 1, 2].some((back) => nonceOf(site, back) === text);
}
