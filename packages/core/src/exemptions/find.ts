import { Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { visible } from '../tenants/policy/index.ts';
import { type AllowedFile, type AllowedPage, type AllowedView, fileInput, findInput, MOST_ALLOWED } from './schemas.ts';

/** People on one page of the list. */
const PAGE = 50;
const LAST = '99999999-9999-9999-9999-999999999999';

/** Whoever of the allow list has this in a name, a page at a time, newest first. No helper's grant reaches it. */
export async function findAllowed(ctx: MemberContext, raw: unknown): Promise<AllowedPage> {
  seeAll(ctx);
  const { text, before } = findInput.parse(raw);
  const { tenantId } = ctx.actor;
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const rows = await tx.$queryRaw<AllowedView[]>`
      SELECT e.profile_id AS "profileId", p.handle, p.display_name AS "displayName", e.added_at AS "addedAt"
      FROM exemptions e JOIN profiles p ON p.id = e.profile_id
      WHERE e.tenant_id = ${tenantId}::uuid AND (p.handle ILIKE ${like} OR p.display_name ILIKE ${like})
        AND (e.added_at, e.profile_id) < (${before?.addedAt ?? 'infinity'}::timestamptz, ${before?.profileId ?? LAST}::uuid)
      ORDER BY e.added_at DESC, e.profile_id DESC LIMIT ${PAGE + 1}`;
    const items = rows.slice(0, PAGE);
    const last = items.at(-1);
    return {
      items,
      total: await tx.exemption.count({ where: { tenantId } }),
      next: rows.length > PAGE && last ? { addedAt: last.addedAt, profileId: last.profileId } : null,
    };
  });
}

/**
 * The allow list of one network as a file that can be brought again: by ids that never change, with the names of today for
 * people to read.
 */
export async function fileOfAllowed(ctx: MemberContext, raw: unknown): Promise<AllowedFile> {
  seeAll(ctx);
  const { network } = fileInput.parse(raw);
  const { tenantId } = ctx.actor;
  const rows = await withTenant(ctx.prisma, tenantId, (tx) => lines(tx, tenantId, network));
  const cells = rows.map(({ nativeId, handle }) => `${cell(nativeId)},${cell(handle)}`);
  return {
    name: `people-to-spare-${network}.csv`,
    text: ['account,name', ...cells, ''].join('\r\n'),
    count: rows.length,
  };
}

async function lines(tx: Tx, tenantId: string, network: string): Promise<{ nativeId: string; handle: string }[]> {
  return tx.$queryRaw`
    SELECT p.native_id AS "nativeId", p.handle FROM exemptions e JOIN profiles p ON p.id = e.profile_id
    WHERE e.tenant_id = ${tenantId}::uuid AND p.network = ${network}::network
    ORDER BY e.added_at, e.profile_id LIMIT ${MOST_ALLOWED}`;
}

/** A cell of a table, quoted; what a spreadsheet would take for a formula is text. */
function cell(text: string): string {
  return `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
}

function seeAll(ctx: MemberContext): void {
  demand(ctx, 'look');
  if (visible(ctx.actor, ctx.clock.now()) !== null) throw new Refusal('not_allowed');
}
