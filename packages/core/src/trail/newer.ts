import { withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { newestRows } from './newest.ts';
import { countNewerInput, type Newer } from './schemas.ts';

/** Most that are counted: nobody reads a larger number as anything but many. */
const MOST = 99;

/** How much was done since somebody began to read, for telling them without moving what they read. */
export async function countNewer(ctx: MemberContext, raw: unknown): Promise<Newer> {
  demand(ctx, 'trail');
  const { after, ...filter } = countNewerInput.parse(raw);
  const { tenantId } = ctx.actor;
  const rows = await withTenant(ctx.prisma, tenantId, (tx) =>
    newestRows(tx, tenantId, filter, { after, before: null }, MOST + 1),
  );
  return { count: Math.min(rows.length, MOST), more: rows.length > MOST };
}
