import type { WorkerContext } from '@secateur/core/context';
import { type Binding, open, shredTenantKeys } from '@secateur/core/secrets';
import { withTenantSql } from '@secateur/db';
import type pg from 'pg';

type Copy = { binding: Binding; sealed: Buffer };

/**
 * Shreds the tenant, then tries to open every secret that ever stood in one of its rows, with what the workers ever
 * had and everything that the database then holds. Returns how many copies there are and how many opened before and after.
 */
export async function shredAll(
  admin: pg.Pool,
  ctx: WorkerContext,
): Promise<{ copies: number; before: number; after: number; credentials: number }> {
  const { rows } = await admin.query<{ version: string }>(
    "SELECT version FROM proof.seen WHERE name = 'public.connections' AND version::jsonb ->> 'sealed' IS NOT NULL",
  );
  const copies = rows.map(({ version }) => copyOf(JSON.parse(version)));
  const opening = async () => {
    const ends = await Promise.allSettled(copies.map(({ binding, sealed }) => open(ctx, binding, sealed)));
    return ends.filter((end) => end.status === 'fulfilled').length;
  };
  const before = await opening();
  const tenants = new Set(copies.map((copy) => copy.binding.tenantId));
  let credentials = 0;
  for (const tenantId of tenants) {
    const receipt = await withTenantSql(ctx.prisma, tenantId, (tx) => shredTenantKeys(ctx, tx, tenantId));
    credentials += receipt.secrets;
  }
  const after = await opening();
  return { copies: copies.length, before, after, credentials };
}

type Row = { tenant_id: string; id: string; network: string; version: number; sealed: string };

function copyOf(row: Row): Copy {
  const { tenant_id: tenantId, id: subjectId, network, version } = row;
  return {
    binding: { tenantId, subjectId, network, version, purpose: 'credentials' },
    sealed: Buffer.from(row.sealed.slice(2), 'hex'),
  };
}
