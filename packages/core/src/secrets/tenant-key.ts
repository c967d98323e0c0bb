import { randomBytes } from 'node:crypto';
import { MINUTE } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import type { WorkerContext } from '../context/index.ts';
import { KEY_BYTES } from './aes.ts';
import type { KeyWrap } from './key-wrap.ts';
import { createMemo, type Memo } from './memo.ts';
import { SecretUnreadable } from './unreadable.ts';

/** A tenant's own key, unwrapped. */
export type TenantKey = { version: number; key: Uint8Array };

type Wrapped = { version: number; wrapped: Uint8Array; kekId: string };
type Row = Omit<Wrapped, 'wrapped'> & { wrapped: Uint8Array | null; superseded: boolean };

/** Unwrapped keys that a process keeps, and for how long after their last use. */
const MOST = 5_000;
const IDLE = 10 * MINUTE;
/** Looks at what a concurrent rotation leaves. Each can be overtaken by one. */
const LOOKS = 5;

/**
 * The key under which a tenant's secrets are sealed now, made when there is none. The row stays share-locked until the
 * transaction ends, so that what is sealed under it is written before it can be retired or destroyed. Throws
 * SecretUnreadable: `shredded` once the tenant's keys were, `no_key` when this process can't unwrap it.
 */
export async function currentKey(ctx: WorkerContext, tx: SqlTx, tenantId: string): Promise<TenantKey> {
  for (let look = 0; look < LOOKS; look += 1) {
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT version, wrapped, kek_id AS "kekId", superseded_at IS NOT NULL AS superseded FROM tenant_keys
      WHERE tenant_id = ${tenantId}::uuid ORDER BY version DESC LIMIT 1 FOR SHARE`;
    if (!row) {
      await lockKeys(tx, tenantId);
      await insertKey(ctx, tx, tenantId, 1);
    } else if (row.wrapped) return unwrapped(ctx, tenantId, { ...row, wrapped: row.wrapped });
    else if (!row.superseded) throw new SecretUnreadable('shredded');
  }
  throw new Error('the tenant key changed all the time');
}

/** The version of a tenant's newest key; 0 when it has none. */
export async function currentVersion(tx: SqlTx, tenantId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ version: number | null }[]>`
    SELECT max(version) AS version FROM tenant_keys WHERE tenant_id = ${tenantId}::uuid`;
  return row?.version ?? 0;
}

/** Reads the key of that version; what comes back unwraps it, outside the transaction if need be. Both throw as `currentKey` does. */
export async function keyOfVersion(
  ctx: WorkerContext,
  tx: SqlTx,
  tenantId: string,
  version: number,
): Promise<() => Promise<TenantKey>> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT version, wrapped, kek_id AS "kekId", superseded_at IS NOT NULL AS superseded FROM tenant_keys
    WHERE tenant_id = ${tenantId}::uuid AND version = ${version}::int`;
  if (!row?.wrapped) throw new SecretUnreadable('shredded');
  const { wrapped } = row;
  return () => unwrapped(ctx, tenantId, { ...row, wrapped });
}

/**
 * Waits until nobody else makes or destroys a key of this tenant, and keeps others from it until the transaction ends: rows
 * that are only coming can't be locked.
 */
export async function lockKeys(tx: SqlTx, tenantId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('tenant keys ' || ${tenantId}::text, 0))`;
}

/** Makes a key of that version unless there is one. Under `lockKeys`. */
export async function insertKey(ctx: WorkerContext, tx: SqlTx, tenantId: string, version: number): Promise<void> {
  const { wrap } = ctx.keys;
  const wrapped = await wrap.wrap(randomBytes(KEY_BYTES), wrapAad(tenantId, version));
  // Somebody else's, made at the same moment, stands: the caller reads what there is.
  await tx.$executeRaw`
    INSERT INTO tenant_keys (tenant_id, version, wrapped, kek_id, created_at)
    VALUES (${tenantId}::uuid, ${version}::int, ${wrapped}::bytea, ${wrap.id}, ${ctx.clock.now()}::timestamptz)
    ON CONFLICT DO NOTHING`;
}

/** What a wrapped key is bound to. */
export function wrapAad(tenantId: string, version: number): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(['secateur', 'tenant key', tenantId, version]));
}

/**
 * Unwrapping remembered by what is unwrapped. The row is read every time, so nothing here can be stale: a rewrapped key is
 * unwrapped anew, one from a transaction that was rolled back is never found, and a shredded one leaves nothing to look up.
 */
const memos = new WeakMap<KeyWrap, Memo<Uint8Array>>();

async function unwrapped(ctx: WorkerContext, tenantId: string, row: Wrapped): Promise<TenantKey> {
  const { wrap } = ctx.keys;
  const memo = memos.get(wrap) ?? createMemo<Uint8Array>(MOST, IDLE);
  memos.set(wrap, memo);
  const name = `${tenantId} ${row.version} ${row.kekId} ${Buffer.from(row.wrapped).toString('base64')}`;
  const known = memo.get(name);
  if (known) return { version: row.version, key: known };
  const key = await wrap.unwrap(row.kekId, row.wrapped, wrapAad(tenantId, row.version));
  memo.set(name, key);
  return { version: row.version, key };
}
