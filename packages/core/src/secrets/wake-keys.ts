import { DAY } from '@secateur/base';
import { enqueueMany } from '@secateur/queue';
import type { WorkerContext } from '../context/index.ts';
import { tendKeysJob } from './jobs.ts';

/**
 * A tenant's key is renewed after a year. NIST SP 800-57 part 1 §5.3.6 allows up to two for keys that encrypt stored data.
 */
const RENEW_AFTER = 365 * DAY;

/** Most tenants woken in one round. */
const MOST = 500;

/** Keys that were made before then are renewed. */
export function bornTooEarly(ctx: WorkerContext): Date {
  return new Date(ctx.clock.now().getTime() - RENEW_AFTER);
}

/** Makes a job for every tenant whose keys want tending. Returns how many. */
export async function wakeKeys(ctx: WorkerContext): Promise<number> {
  return ctx.prisma.$transaction(async (tx) => {
    const due = await tx.$queryRaw<{ tenantId: string }[]>`
      SELECT tenant_id AS "tenantId" FROM across.keys_to_tend(${ctx.keys.wrap.id}::text, ${bornTooEarly(ctx)}::timestamptz, ${MOST}::int)`;
    await enqueueMany(tx, tendKeysJob, due);
    return due.length;
  });
}

/** Every tenant that has a key. */
export async function keyedTenants(ctx: WorkerContext): Promise<string[]> {
  const rows = await ctx.prisma.$queryRaw<{ id: string }[]>`SELECT tenant_id AS id FROM across.keyed_tenants()`;
  return rows.map((row) => row.id);
}

/** How many tenants' keys each of the workers' keys wraps, and whether this process knows it. */
export async function wrappedBy(ctx: WorkerContext): Promise<{ name: string; keys: number; known: boolean }[]> {
  const rows = await ctx.prisma.$queryRaw<{ name: string; keys: number }[]>`
    SELECT kek_id AS name, keys::int AS keys FROM across.wrapped_by()`;
  return rows.map((row) => ({ ...row, known: ctx.keys.wrap.knows(row.name) }));
}

/** How many credentials still wait as a web app sealed them, by the key that opens them. */
export async function sealedTo(ctx: WorkerContext): Promise<{ id: string; secrets: number; known: boolean }[]> {
  const rows = await ctx.prisma.$queryRaw<{ id: string; secrets: number }[]>`
    SELECT key_id AS id, secrets::int AS secrets FROM across.sealed_to()`;
  return rows.map((row) => ({ ...row, known: ctx.keys.intake.ids.includes(row.id) }));
}
