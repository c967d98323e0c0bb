import { type SqlTx, withTenantSql } from '@secateur/db';
import type { WorkerContext } from '../context/index.ts';
import { decrypt } from './aes.ts';
import type { Binding } from './binding.ts';
import { unpack } from './blob.ts';
import { keptAad } from './keep.ts';
import { shareOf } from './share.ts';
import { keyOfVersion } from './tenant-key.ts';

/**
 * Opens a secret, whether a web app sealed it or a worker keeps it. Without `tx` it reads what of the tenant's it takes in a transaction
 * of its own, so whoever is in one hands it in. Throws SecretUnreadable.
 */
export async function open(ctx: WorkerContext, binding: Binding, blob: Uint8Array, tx?: SqlTx): Promise<string> {
  const sealed = unpack(blob);
  const { tenantId } = binding;
  const inTenant = <T>(read: (inside: SqlTx) => Promise<T>) =>
    tx ? read(tx) : withTenantSql(ctx.prisma, tenantId, read);
  if (sealed.stage === 'intake') {
    const share = sealed.shared ? await inTenant((inside) => shareOf(inside, tenantId)) : null;
    return ctx.keys.intake.open(binding, sealed, share);
  }
  const { version, key } = await inTenant((inside) => keyOfVersion(ctx, inside, tenantId, sealed.keyVersion));
  return new TextDecoder().decode(decrypt(key, sealed.sealed, keptAad(version, binding)));
}
