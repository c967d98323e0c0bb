import type { WorkerContext } from '@secateur/core/context';
import { type Binding, open, SecretUnreadable } from '@secateur/core/secrets';
import type pg from 'pg';
import type { Canaries } from './canaries.ts';
import type { ConsentTraffic, PublicJwk } from './consent-traffic.ts';

type Jwk = PublicJwk & { d: string };

/**
 * Opens everything that was ever sealed for a consent and opens at all, with every key, for the keys inside that no wire carries: each is a
 * canary from then on, and the network has accepted proofs that were signed with it, or it was not in use. Returns how many
 * rows it opened, and how many of the keys nobody ever proved anything with.
 */
export async function openConsents(
  admin: pg.Pool,
  ctx: WorkerContext,
  canaries: Canaries,
  traffic: ConsentTraffic,
): Promise<{ opened: number; idle: number }> {
  const keys = new Map<string, Jwk>();
  let opened = 0;
  for (const { binding, sealed } of await everSealed(admin)) {
    const text = await open(ctx, binding, sealed).catch((error: unknown) => {
      // The key that it was under is retired: it was opened before keys rotated, and nobody opens it any more.
      if (!(error instanceof SecretUnreadable) || error.why !== 'shredded') throw error;
    });
    if (text === undefined) continue;
    opened += 1;
    for (const key of privateKeysIn(JSON.parse(text))) keys.set(key.d, key);
  }
  let idle = 0;
  for (const [d, key] of keys) {
    canaries.bytes('DPoP key', Buffer.from(d, 'base64url'));
    if (traffic.proven(key)) canaries.worked('DPoP key', d);
    else idle += 1;
  }
  return { opened, idle };
}

async function everSealed(admin: pg.Pool): Promise<{ binding: Binding; sealed: Buffer }[]> {
  const { rows } = await admin.query<{ name: string; row: string }>(`
    SELECT DISTINCT name, version AS row FROM proof.seen
    WHERE (name = 'public.oauth_flows' AND version::jsonb ->> 'secret' IS NOT NULL)
       OR (name = 'public.connections' AND version::jsonb ->> 'sealed' IS NOT NULL AND version::jsonb ->> 'way' = 'oauth')`);
  const found = new Map<string, { binding: Binding; sealed: Buffer }>();
  for (const { name, row } of rows) {
    const { id, network, tenant_id: tenantId, version, sealed, secret, native_id: proven } = JSON.parse(row);
    // As packages/core/src/oauth/flow-binding.ts and connections/credentials.ts bind them.
    const binding: Binding =
      name === 'public.oauth_flows'
        ? { tenantId: '', network, subjectId: id, version: proven === null ? 1 : 3, purpose: 'flow' }
        : { tenantId, network, subjectId: id, version, purpose: 'credentials' };
    const hex: string = secret ?? sealed;
    found.set(hex, { binding, sealed: Buffer.from(hex.slice(2), 'hex') });
  }
  return [...found.values()];
}

/** Every private key anywhere in it, in text that is JSON itself too. */
function privateKeysIn(value: unknown): Jwk[] {
  if (typeof value === 'string' && value.startsWith('{')) return privateKeysIn(JSON.parse(value));
  if (typeof value !== 'object' || value === null) return [];
  const { kty, d } = value as Partial<Jwk>;
  const here = kty === 'EC' && typeof d === 'string' ? [value as Jwk] : [];
  return [...here, ...Object.values(value).flatMap(privateKeysIn)];
}
