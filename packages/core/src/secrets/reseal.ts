import { withTenantSql } from '@secateur/db';
import { auditSystem, digestOf } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { sealKept } from './keep.ts';
import { open } from './open.ts';
import { PLACES, type Place, type SecretRow } from './places.ts';
import { currentKey, currentVersion } from './tenant-key.ts';
import { SecretUnreadable } from './unreadable.ts';

/** Most secrets in one transaction. */
const CHUNK = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Seals anew, under the tenant's current key, whatever is under another one, chunk by chunk. The secrets stay what they are, and
 * so do their versions. Returns how many did not open: they stay as they are, and so does the key that they name.
 */
export async function reseal(ctx: WorkerContext, tenantId: string): Promise<number> {
  let unreadable = 0;
  for (const place of PLACES) {
    let after: string | null = FIRST;
    while (after !== null) {
      const chunk: Chunk = await resealChunk(ctx, tenantId, place, after);
      unreadable += chunk.unreadable;
      after = chunk.next;
    }
  }
  return unreadable;
}

type Chunk = { next: string | null; unreadable: number };

function resealChunk(ctx: WorkerContext, tenantId: string, place: Place, after: string): Promise<Chunk> {
  return withTenantSql(ctx.prisma, tenantId, async (tx) => {
    const rows = await place.behind(tx, tenantId, await currentVersion(tx, tenantId), { after, most: CHUNK });
    if (rows.length === 0) return { next: null, unreadable: 0 };
    const key = await currentKey(ctx, tx, tenantId);
    const moved: SecretRow[] = [];
    let unreadable = 0;
    for (const row of rows) {
      const binding = {
        tenantId,
        network: row.network,
        subjectId: row.id,
        version: row.version,
        purpose: place.purpose,
      };
      try {
        const text = await open(ctx, binding, row.sealed, tx);
        await place.replace(tx, tenantId, row, sealKept(key, binding, text));
        moved.push(row);
      } catch (error) {
        if (!(error instanceof SecretUnreadable)) throw error;
        unreadable += 1;
      }
    }
    if (moved.length > 0) {
      const digest = digestOf(moved.map((row) => `${place.table} ${row.id} ${row.version} ${key.version}`));
      const count = moved.length;
      await auditSystem(tx, tenantId, ctx.clock.now(), { action: 'secrets.resealed', subjectId: null, count, digest });
    }
    const last = rows.at(-1);
    return { next: last && rows.length === CHUNK ? last.id : null, unreadable };
  });
}
