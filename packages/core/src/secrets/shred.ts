import { createHash } from 'node:crypto';
import type { SqlTx } from '@secateur/db';
import { auditSystem, digestOf } from '../audit/index.ts';
import type { Context } from '../context/index.ts';
import { PLACES } from './places.ts';
import { shredShare } from './share.ts';
import { lockKeys } from './tenant-key.ts';

/** What a tenant is given as proof that its credentials are gone. */
export type ShredReceipt = {
  tenantId: string;
  /** Keys destroyed now, and secrets that were sealed under them. */
  keys: number;
  secrets: number;
  shreddedAt: Date;
  /** SHA-256, in hexadecimal, over what was destroyed: the place of each secret, each key and the share, and the hash of its bytes. */
  digest: string;
};

/**
 * Destroys a tenant's keys and its share and takes away what was sealed with them, in the caller's transaction, which must be
 * inside that tenant. When it commits, nothing that was ever sealed for the tenant opens any more, copies of it elsewhere
 * included, and no new key is made. For the deletion of a tenant: there is no way back. Doing it again does nothing and says so.
 */
export async function shredTenantKeys(ctx: Context, tx: SqlTx, tenantId: string): Promise<ShredReceipt> {
  const now = ctx.clock.now();
  const secrets = await clear(tx, tenantId);
  await lockKeys(tx, tenantId);
  // A tenant that never had a key gets a shredded one, so that nobody who comes later makes one.
  await tx.$executeRaw`
    INSERT INTO tenant_keys (tenant_id, version, wrapped, kek_id, created_at, shredded_at)
    VALUES (${tenantId}::uuid, 1, NULL, '', ${now}::timestamptz, ${now}::timestamptz) ON CONFLICT DO NOTHING`;
  const share = await shredShare(tx, tenantId, now);
  // Waits for whoever is just sealing under one of them.
  const keys = await tx.$queryRaw<{ version: number; wrapped: Uint8Array }[]>`
    UPDATE tenant_keys SET wrapped = NULL, superseded_at = NULL, shredded_at = ${now}::timestamptz
    WHERE tenant_id = ${tenantId}::uuid AND shredded_at IS NULL RETURNING version, old.wrapped`;
  // In rows that came since.
  secrets.push(...(await clear(tx, tenantId)));
  const lines = [
    ...(share ? [`share ${hash(share)}`] : []),
    ...keys.map(({ version, wrapped }) => `key ${version} ${hash(wrapped)}`),
    ...secrets,
  ];
  const digest = digestOf(lines);
  await auditSystem(tx, tenantId, now, { action: 'keys.shredded', subjectId: null, count: lines.length, digest });
  return {
    tenantId,
    keys: keys.length,
    secrets: secrets.length,
    shreddedAt: now,
    digest: Buffer.from(digest).toString('hex'),
  };
}

/** Takes the secrets away, rows before keys as everywhere. */
async function clear(tx: SqlTx, tenantId: string): Promise<string[]> {
  const lines: string[] = [];
  for (const place of PLACES) {
    for (const row of await place.clear(tx, tenantId)) {
      lines.push(`${place.table} ${row.id} ${row.version} ${hash(row.sealed)}`);
    }
  }
  return lines;
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
