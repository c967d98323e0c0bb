import { withTenant } from '@secateur/db';
import { AUDIT_ACTIONS } from '../audit/schemas.ts';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { readTrailInput, type TrailEntry, type TrailPage, type TrailPlace } from './schemas.ts';
import { type Found, findRows } from './store.ts';

const PAGE = 50;

/** What was done in the tenant and by whom, newest first, a page at a time; looks of our staff among it. */
export async function readTrail(ctx: MemberContext, raw: unknown): Promise<TrailPage> {
  demand(ctx, 'trail');
  const { before, ...filter } = readTrailInput.parse(raw);
  const { tenantId } = ctx.actor;
  const rows = await withTenant(ctx.prisma, tenantId, (tx) => findRows(tx, tenantId, filter, before, PAGE + 1));
  const items = rows.slice(0, PAGE);
  return {
    items: items.map((row) => entryOf(ctx, row)),
    newest: placeOf(items[0]),
    next: rows.length > PAGE ? placeOf(items.at(-1)) : null,
  };
}

function placeOf(row: Found | undefined): TrailPlace | null {
  return row ? { at: row.at, xid: row.xid, id: row.id } : null;
}

/** A row as its tenant sees it: who of our staff it was stays with us. */
export function entryOf(ctx: MemberContext, { xid: _, actorId, ...row }: Found): TrailEntry {
  return { ...row, about: AUDIT_ACTIONS[row.action].about, isYou: actorId === ctx.actor.userId };
}
