import { randomBytes } from 'node:crypto';
import type { SqlTx } from '@secateur/db';
import { KEY_BYTES } from './aes.ts';
import { SecretUnreadable } from './unreadable.ts';

type Row = { share: Uint8Array | null };

/** The tenant's share, made when there is none. Throws SecretUnreadable `shredded` once it was. */
export async function shareForSealing(tx: SqlTx, tenantId: string, now: Date): Promise<Uint8Array> {
  const known = await find(tx, tenantId);
  if (known?.share) return known.share;
  // Somebody else's, made at the same moment, stands.
  await tx.$executeRaw`
    INSERT INTO intake_shares (tenant_id, share, created_at)
    VALUES (${tenantId}::uuid, ${new Uint8Array(randomBytes(KEY_BYTES))}::bytea, ${now}::timestamptz) ON CONFLICT DO NOTHING`;
  return shareOf(tx, tenantId);
}

/** The tenant's share. Throws SecretUnreadable `shredded` when there is none. */
export async function shareOf(tx: SqlTx, tenantId: string): Promise<Uint8Array> {
  const row = await find(tx, tenantId);
  if (!row?.share) throw new SecretUnreadable('shredded');
  return row.share;
}

/** Destroys the tenant's share, and keeps anybody from making another. Returns it as it was, if there was one. */
export async function shredShare(tx: SqlTx, tenantId: string, now: Date): Promise<Uint8Array | null> {
  await tx.$executeRaw`
    INSERT INTO intake_shares (tenant_id, share, created_at, shredded_at)
    VALUES (${tenantId}::uuid, NULL, ${now}::timestamptz, ${now}::timestamptz) ON CONFLICT DO NOTHING`;
  const [row] = await tx.$queryRaw<Row[]>`
    UPDATE intake_shares SET share = NULL, shredded_at = ${now}::timestamptz
    WHERE tenant_id = ${tenantId}::uuid AND shredded_at IS NULL RETURNING old.share`;
  return row?.share ?? null;
}

async function find(tx: SqlTx, tenantId: string): Promise<Row | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`SELECT share FROM intake_shares WHERE tenant_id = ${tenantId}::uuid`;
  return row;
}
