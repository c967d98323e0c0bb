import { randomBytes } from 'node:crypto';
import type { Site } from '../site.ts';

/** What a client asked for, from when it was pushed until its code is used up. In memory: it lives for minutes. */
export type Asked = {
  id: string;
  clientId: string;
  /** Thumbprint of the client's key; null where it has none. */
  clientKey: string | null;
  /** Thumbprint of the key that the tokens will be bound to. */
  proofKey: string;
  redirectUri: string;
  state: string;
  challenge: string;
  scope: string;
  hint: string | null;
  until: number;
  /** Once somebody consented: as whom, and the code that stands for it. */
  consent: { did: string; code: string } | null;
};

const PREFIX = 'urn:ietf:params:oauth:request_uri:';
const all = new WeakMap<Site, Map<string, Asked>>();

function askedOf(site: Site): Map<string, Asked> {
  const kept = all.get(site) ?? new Map<string, Asked>();
  all.set(site, kept);
  for (const [id, { until }] of kept) if (until <= site.clock.now()) kept.delete(id);
  return kept;
}

export function remember(site: Site, asked: Omit<Asked, 'id'>): string {
  const id = `req-${randomBytes(16).toString('hex')}`;
  askedOf(site).set(id, { ...asked, id });
  return `${PREFIX}${id}`;
}

/** What a request_uri stands for, null when it is unknown, too old or answered. */
export function find(site: Site, uri: string): Asked | null {
  const asked = uri.startsWith(PREFIX) ? askedOf(site).get(uri.slice(PREFIX.length)) : undefined;
  return asked === undefined || asked.consent !== null ? null : asked;
}

/** Makes a code for it; `scope` is what was left of it. */
export function consent(asked: Asked, did: string, scope: string, until: number): string {
  const code = `cod-${randomBytes(32).toString('hex')}`;
  Object.assign(asked, { consent: { did, code }, scope, until });
  return code;
}

export function forget(site: Site, asked: Asked): void {
  askedOf(site).delete(asked.id);
}

/** What a code stands for, once: it is used up by asking. */
export function redeem(site: Site, code: string): (Asked & { consent: { did: string } }) | null {
  for (const asked of askedOf(site).values()) {
    if (asked.consent?.code !== code) continue;
    forget(site, asked);
    return { ...asked, consent: asked.consent };
  }
  return null;
}
