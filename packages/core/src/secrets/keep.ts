import type { SqlTx } from '@secateur/db';
import type { WorkerContext } from '../context/index.ts';
import { encrypt } from './aes.ts';
import { type Binding, bytesOf } from './binding.ts';
import { type Blob, joined, keptHeader, packKept } from './blob.ts';
import { currentKey, type TenantKey } from './tenant-key.ts';

/**
 * Seals `text` under the tenant's own key, for being stored in this very transaction, which must be inside that tenant and
 * must have locked the row that it is for: rows are locked before keys, everywhere, or two would deadlock. Throws
 * SecretUnreadable: `shredded` when the tenant's keys were, `no_key` when this process can't unwrap the current one.
 */
export async function keep(ctx: WorkerContext, tx: SqlTx, binding: Binding, text: string): Promise<Blob> {
  return sealKept(await currentKey(ctx, tx, binding.tenantId), binding, text);
}

/** Seals under a key that the caller holds. */
export function sealKept({ version, key }: TenantKey, binding: Binding, text: string): Blob {
  return packKept(version, encrypt(key, new TextEncoder().encode(text), keptAad(version, binding)));
}

/** What a kept secret is bound to: its header and whom it belongs to. */
export function keptAad(keyVersion: number, binding: Binding): Uint8Array<ArrayBuffer> {
  return joined(keptHeader(keyVersion), bytesOf('kept', binding));
}
