import { type KeyTexts, readKeys } from '@secateur/core/testing';
import type pg from 'pg';

type Row = { tenant_id: string; version: number; kek_id: string; wrapped: string };

/** Every key that a tenant ever had, unwrapped: what the product must never show in the clear. */
export async function tenantKeys(admin: pg.Pool, everyKey: KeyTexts): Promise<Uint8Array[]> {
  const { wrap } = readKeys(everyKey);
  const { rows } = await admin.query<{ version: string }>(
    "SELECT DISTINCT version FROM proof.seen WHERE name = 'public.tenant_keys' AND version::jsonb ->> 'wrapped' IS NOT NULL",
  );
  return Promise.all(
    rows.map(({ version }) => {
      const row: Row = JSON.parse(version);
      // As packages/core/src/secrets/tenant-key.ts binds it.
      const aad = new TextEncoder().encode(JSON.stringify(['secateur', 'tenant key', row.tenant_id, row.version]));
      return wrap.unwrap(row.kek_id, Buffer.from(row.wrapped.slice(2), 'hex'), aad);
    }),
  );
}
