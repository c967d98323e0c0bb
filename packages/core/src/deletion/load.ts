import type { Tx } from '@secateur/db';
import type { Facts } from './policy/index.ts';
import type { DeletionBlocks } from './schemas.ts';

export type Loaded = Facts & { blocks: DeletionBlocks };

/** The tenant's deletion, as the policy asks about it; null when none was asked for. */
export async function load(tx: Tx, tenantId: string): Promise<Loaded | null> {
  const [row] = await tx.$queryRaw<Loaded[]>`
    SELECT d.asked_at AS "askedAt", d.warned_at AS "warnedAt", d.shredded_at AS "shreddedAt", d.erased_at AS "erasedAt",
           d.blocks::text AS blocks,
           (SELECT count(*)::int FROM connections c WHERE c.tenant_id = d.tenant_id AND c.state <> 'gone') AS accounts
    FROM deletions d WHERE d.tenant_id = ${tenantId}::uuid`;
  return row ?? null;
}

/** The same with its row locked: nobody calls it off, and nobody else takes a step, before the transaction ends. */
export async function lockAndLoad(tx: Tx, tenantId: string): Promise<Loaded | null> {
  await tx.$queryRaw`SELECT 1 FROM deletions WHERE tenant_id = ${tenantId}::uuid FOR UPDATE`;
  return load(tx, tenantId);
}
