import { type SqlTx, withTenantSql } from '@secateur/db';
import type { WorkerContext } from '../context/index.ts';
import { decrypt } from './aes.ts';
import type { Binding } from './binding.ts';
import { unpack } from './blob.ts';
import { keptAad } from './keep.ts';
import { shareOf } from './share.ts';
import { keyOfVersion } from './tenant-key.ts';
import { SecretUnreadable } from './unreadable.ts';

/** Runs a read inside the tenant. */
type InTenant = <T>(read: (tx: SqlTx) => Promise<T>) => Promise<T>;

/**
 * Opens a secret, whether a web app sealed it or a worker keeps it. Without `tx` it reads what of the tenant's it takes in a transaction
 * of its own, so whoever is in one hands it in. Throws SecretUnreadable.
 */
export async function open(ctx: WorkerContext, binding: Binding, blob: Uint8Array, tx?: SqlTx): Promise<string> {
  const inTenant: InTenant = (read) => (tx ? read(tx) : withTenantSql(ctx.prisma, binding.tenantId, read));
  return (await prepare(ctx, inTenant, binding, blob))();
}

/**
 * Reads in `tx` what opening a secret takes; what comes back opens it, after the transaction, so that nobody waits for a key
 * management service while rows are locked, and no second transaction is made. What comes back throws SecretUnreadable.
 */
export async function prepareOpening(
  ctx: WorkerContext,
  tx: SqlTx,
  binding: Binding,
  blob: Uint8Array,
): Promise<() => Promise<string>> {
  try {
    return await prepare(ctx, (read) => read(tx), binding, blob);
  } catch (error) {
    if (!(error instanceof SecretUnreadable)) throw error;
    return () => Promise.reject(error);
  }
}

async function prepare(
  ctx: WorkerContext,
  inTenant: InTenant,
  binding: Binding,
  blob: Uint8Array,
): Promise<() => Promise<string>> {
  const sealed = unpack(blob);
  const { tenantId } = binding;
  if (sealed.stage === 'intake') {
    const share = sealed.shared ? await inTenant((tx) => shareOf(tx, tenantId)) : null;
    return () => ctx.keys.intake.open(binding, sealed, share);
  }
  const unwrap = await inTenant((tx) => keyOfVersion(ctx, tx, tenantId, sealed.keyVersion));
  return async () => {
    const { version, key } = await unwrap();
    return new TextDecoder().decode(decrypt(key, sealed.sealed, keptAad(version, binding)));
  };
}
