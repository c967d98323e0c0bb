import type { Context } from '../context/index.ts';
import type { Trail } from './anchor.ts';
import { hex } from './chain.ts';
import { type Entry, type Head, nameOf, readEntry } from './entry.ts';
import type { Findings } from './finding.ts';

/** What the anchor says as a whole. */
export type Anchored = {
  /** The newest entry, 0 when there is none: links of later ones are not judged. */
  entry: bigint;
  /** Every row up to this transaction must be in a link. */
  closed: bigint;
  /** When the newest anchored link was closed. */
  at: Date | null;
  heads: number;
};

/** Heads that are compared with the database at a time. */
const BATCH = 2_000;

/** Checks the anchor against itself, and what it holds against the database's links, a batch at a time. */
export async function verifyAnchor(ctx: Context, { key, anchor }: Trail, found: Findings): Promise<Anchored> {
  const so: Anchored = { entry: 0n, closed: -1n, at: null, heads: 0 };
  // Asked before the anchor is read: whoever closes meanwhile tells the anchor, too.
  const newest = await newestEntry(ctx);
  let names = [''];
  let torn: string[] = [];
  let cut = false;
  let batch: Entry[] = [];
  let compared = 0n;
  const compare = async () => {
    await compareLinks(ctx, compared, so.entry, batch, found);
    compared = so.entry;
    batch = [];
  };
  for await (const whole of anchor.lines()) {
    const line = whole.replace(/\n$/, '');
    const entry = readEntry(key, line);
    cut = entry === null && whole === line;
    if (entry === null) {
      torn.push(line);
      continue;
    }
    // A crash leaves the beginning of a line; whoever comes next writes the whole line behind it.
    torn = torn.filter((piece) => !line.startsWith(piece));
    if (entry.entry <= so.entry) {
      // Somebody who was stalled told the anchor what another had told it for them.
      await compareLinks(ctx, entry.entry - 1n, entry.entry, [entry], found);
      if (entry.entry === so.entry) names.push(nameOf(line));
      continue;
    }
    if (entry.entry !== so.entry + 1n || !names.includes(entry.before)) {
      found.add('anchor_lines_missing', { detail: `between entry ${so.entry} and entry ${entry.entry}` });
    }
    names = [nameOf(line)];
    so.entry = entry.entry;
    if (entry.closed > so.closed) so.closed = entry.closed;
    so.at = entry.heads.at(-1)?.closedAt ?? so.at;
    so.heads += entry.heads.length;
    batch.push(entry);
    if (batch.reduce((sum, { heads }) => sum + heads.length, 0) >= BATCH) await compare();
  }
  // The very last may have been cut short just now.
  if (cut) torn.pop();
  for (const piece of torn) found.add('anchor_line_altered', { detail: piece.slice(0, 40) });
  await compare();
  if (newest > so.entry + 1n) found.add('anchor_behind', { detail: `${newest} closed, ${so.entry} anchored` });
  return so;
}

async function newestEntry(ctx: Context): Promise<bigint> {
  const [row] = await ctx.prisma.$queryRaw<{ entry: bigint }[]>`SELECT across.audit_last_entry() AS entry`;
  return row?.entry ?? 0n;
}

/** The links of the entries after one and up to another are those that the anchor holds, no more and no fewer. */
async function compareLinks(ctx: Context, after: bigint, upto: bigint, entries: Entry[], found: Findings) {
  const from = after === 0n ? LOWEST : after + 1n;
  const links = await ctx.prisma.$queryRaw<(Head & { entry: bigint })[]>`
    SELECT tenant_id::text AS "tenantId", seq, entry, upto_xid AS "uptoXid", rows, mac, closed_at AS "closedAt"
    FROM across.audit_links_of(${from}, ${upto})`;
  const there = new Map(links.map((link) => [placeOf(link.entry, link), link]));
  for (const { entry, heads } of entries) {
    for (const head of heads) {
      const link = there.get(placeOf(entry, head));
      there.delete(placeOf(entry, head));
      if (link && hex(link.mac) === hex(head.mac)) continue;
      found.add('link_missing', {
        tenantId: head.tenantId,
        to: head.closedAt,
        detail: `link ${head.seq}, ${head.rows} rows`,
      });
    }
  }
  for (const { tenantId, seq, rows, closedAt } of there.values()) {
    found.add('link_added', { tenantId, to: closedAt, detail: `link ${seq}, ${rows} rows` });
  }
}

/** No entry of ours is as low; one that somebody made up may be. */
const LOWEST = -(2n ** 63n);

function placeOf(entry: bigint, { tenantId, seq }: { tenantId: string; seq: number }): string {
  return `${entry} ${tenantId} ${seq}`;
}
