import type { SqlTx } from '@secateur/db';
import { auditSystem, digestOf } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { wrapAad } from './tenant-key.ts';

type Row = { version: number; wrapped: Uint8Array; kekId: string };

/**
 * Wraps by the current key what another one wrapped. The keys stay what they are, so whoever uses them goes on undisturbed.
 * Returns how many. Throws SecretUnreadable `no_key` when this process can't unwrap one.
 */
export async function rewrap(ctx: WorkerContext, tx: SqlTx, tenantId: string): Promise<number> {
  const { wrap } = ctx.keys;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT version, wrapped, kek_id AS "kekId" FROM tenant_keys
    WHERE tenant_id = ${tenantId}::uuid AND shredded_at IS NULL AND kek_id <> ${wrap.id} ORDER BY version FOR UPDATE`;
  for (const { version, wrapped, kekId } of rows) {
    const aad = wrapAad(tenantId, version);
    const plain = await wrap.unwrap(kekId, wrapped, aad);
    const anew = await wrap.wrap(plain, aad);
    plain.fill(0);
    await tx.$executeRaw`
      UPDATE tenant_keys SET wrapped = ${anew}::bytea, kek_id = ${wrap.id}
      WHERE tenant_id = ${tenantId}::uuid AND version = ${version}::int`;
  }
  if (rows.length > 0) {
    const digest = digestOf(rows.map((row) => `${row.version} ${row.kekId} ${wrap.id}`));
    await auditSystem(tx, tenantId, ctx.clock.now(), {
      action: 'keys.rewrapped',
      subjectId: null,
      count: rows.length,
      digest,
    });
  }
  return rows.length;
}
