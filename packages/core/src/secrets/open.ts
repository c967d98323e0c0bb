import { type SqlTx, withTenantSql } from '@secateur/db';
import type { WorkerContext } from '../context/index.ts';
import { decrypt } from './aes.ts';
import type { Binding } from './binding.ts';
import { unpack } from './blob.ts';
import { keptAad } from './keep.ts';
import { keyOfVersion } from './tenant-key.ts';

/**
 * Opens a secret, whether a web app sealed it or a worker keeps it. Without `tx` it reads the tenant's key in a transaction
 * of its own, so whoever is in one hands it in. Throws SecretUnreadable.
 */
export async function open(ctx: WorkerContext, binding: Binding, blob: Uint8Array, tx?: SqlTx): Promise<string> {
  const sealed = unpack(blob);
  if (sealed.stage === 'intake') return ctx.keys.intake.open(binding, sealed);
  const { tenantId } = binding;
  const read = (inside: SqlTx) => keyOfVersion(ctx, inside, tenantId, sealed.keyVersion);
  const { version, key } = tx ? await read(tx) : await withTenantSql(ctx.prisma, tenantId, read);
  return new TextDecoder().decode(decrypt(key, sealed.sealed, keptAad(version, binding)));
}
