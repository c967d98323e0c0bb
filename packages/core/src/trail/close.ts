import { newId } from '@secateur/base';
import type { Context } from '../context/index.ts';
import type { Trail } from './anchor.ts';
import { closeTenant } from './close-tenant.ts';
import { type Entry, type Head, nameOf, readEntry, writeEntry } from './entry.ts';

export type Closed = {
  links: number;
  rows: number;
  entries: number;
  /** Entries that the database has links of and the anchor doesn't know, though at most the last one can be under way. */
  missing: bigint;
};

/** Most links in one entry, so that neither a line nor what a run keeps in memory grows with the number of tenants. */
const MOST_HEADS = 200;
/** Lines looked at for the newest: those behind it were cut short, altered, or added late by somebody who was stalled. */
const LOOK_BACK = 5;

/**
 * Closes a link for every tenant with new rows, and anchors them. Links are committed first and anchored then: what the
 * anchor holds can't be lost by a crash of the database any more, and what a crash kept from the anchor is at most one
 * entry, which the next run brings it. Several may run at once: the newest wins.
 */
export async function closeTrail(ctx: Context, trail: Trail): Promise<Closed> {
  const run = newId();
  const { newest, heads, claim } = await begin(ctx, run);
  const known = await newestEntry(trail);
  if (known.line === null && newest > 1n) throw new Error(`the anchor is empty, and ${newest} entries were closed`);
  const missing = newest > known.entry + 1n ? newest - known.entry : 0n;
  const closed: Closed = { links: 0, rows: 0, entries: 0, missing };
  let last = known;
  if (newest === known.entry + 1n) {
    last = await anchor(trail, known, { entry: newest, closed: claim ?? known.closed, heads });
  }
  const upto = await settled(ctx);
  for (let entry = max(newest, known.entry) + 1n; ; entry += 1n) {
    const tenants = await waiting(ctx, last.closed, upto);
    const links: Head[] = [];
    for (const tenantId of tenants.slice(0, MOST_HEADS)) {
      const made = await closeTenant(ctx, trail.key, { run, tenantId, entry, upto });
      if (made === 'replaced') return closed;
      links.push(...made);
    }
    if (links.length === 0) return closed;
    const isAll = tenants.length <= MOST_HEADS;
    const all = isAll ? upto : last.closed;
    // So that whoever finds this entry left over writes the same line, to the letter.
    const mine = await ctx.prisma.$executeRaw`
      UPDATE audit_closing SET entry = ${entry}, closed = ${all} WHERE run = ${run}::uuid`;
    if (mine === 0) return closed;
    last = await anchor(trail, last, { entry, closed: all, heads: links });
    closed.links += links.length;
    closed.rows += links.reduce((sum, { rows }) => sum + rows, 0);
    closed.entries += 1;
    if (isAll) return closed;
  }
}

/** The newest entry that there are links of, those links, and what its run was about to claim; null if it never was. */
type Begun = { newest: bigint; heads: Head[]; claim: bigint | null };

/**
 * Makes this run the one that may close. Waits for a link that another is writing at this moment; from then on no run
 * before this one writes any, and every run after it writes into later entries. So what is read in this transaction of
 * the newest entry is all that there will ever be of it.
 */
async function begin(ctx: Context, run: string): Promise<Begun> {
  return ctx.prisma.$transaction(async (tx) => {
    const [before] = await tx.$queryRaw<{ entry: bigint; closed: bigint }[]>`
      UPDATE audit_closing SET run = ${run}::uuid RETURNING entry, closed`;
    const [row] = await tx.$queryRaw<{ newest: bigint }[]>`SELECT across.audit_last_entry() AS newest`;
    const newest = row?.newest ?? 0n;
    const heads = await tx.$queryRaw<Head[]>`
      SELECT tenant_id::text AS "tenantId", seq, upto_xid AS "uptoXid", rows, mac, closed_at AS "closedAt"
      FROM across.audit_links_of(${newest}, ${newest})`;
    return { newest, heads, claim: before?.entry === newest ? before.closed : null };
  });
}

type Last = { entry: bigint; closed: bigint; line: string | null };

/** The newest entry that can be read. Throws when there are lines and none can be: that is another key's anchor. */
async function newestEntry({ key, anchor }: Trail): Promise<Last> {
  const lines = await anchor.newest(LOOK_BACK);
  let newest: Last = { entry: 0n, closed: -1n, line: null };
  for (const line of lines) {
    const found = readEntry(key, line);
    if (found && found.entry > newest.entry) newest = { entry: found.entry, closed: found.closed, line };
  }
  if (lines.length > 1 && newest.line === null) throw new Error('the anchor was not written with this key');
  return newest;
}

async function anchor({ key, anchor }: Trail, last: Last, more: Omit<Entry, 'before'>): Promise<Last> {
  const line = writeEntry(key, { ...more, before: last.line === null ? '' : nameOf(last.line) });
  await anchor.append(line);
  return { entry: more.entry, closed: more.closed, line };
}

/** The newest transaction of which it is certain that none up to it will still write. */
async function settled(ctx: Context): Promise<bigint> {
  const [row] = await ctx.prisma.$queryRaw<{ xid: bigint }[]>`
    SELECT (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint - 1 AS xid`;
  return row?.xid ?? 0n;
}

/** Tenants with rows that no link covers; one more than fit into an entry shows that there are more. */
async function waiting(ctx: Context, low: bigint, upto: bigint): Promise<string[]> {
  const rows = await ctx.prisma.$queryRaw<{ tenantId: string }[]>`
    SELECT tenant_id::text AS "tenantId" FROM across.audit_waiting(${low}, ${upto}, ${MOST_HEADS + 1}::int)`;
  return rows.map((r) => r.tenantId);
}

function max(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
