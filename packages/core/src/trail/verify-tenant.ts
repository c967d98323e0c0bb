import { createHash, type Hash } from 'node:crypto';
import { type SqlTx, withTenantSql } from '@secateur/db';
import { digestUnder } from '../audit/index.ts';
import type { Context } from '../context/index.ts';
import { hex, type Link, lineOf, macOf, NOTHING } from './chain.ts';
import type { Findings } from './finding.ts';
import { behind, nextRows, PAGE, type TrailRow } from './rows.ts';
import type { TrailKey } from './trail-key.ts';
import type { Anchored } from './verify-anchor.ts';
import { verifyErasures } from './verify-erasures.ts';

/** Links read at a time. */
const LINKS = 500;
const LOWEST = -(2n ** 63n);

type Judging = { ctx: Context; key: TrailKey; tenantId: string; anchored: Anchored; found: Findings };
export type Counted = { links: number; rows: number };

/** Checks one tenant's rows against its links, its links against each other, and that no row is outside of them. */
export async function verifyTenant(judging: Judging): Promise<Counted> {
  const { ctx, tenantId, anchored, found } = judging;
  const counted: Counted = { links: 0, rows: 0 };
  let before: Link | null = null;
  for (let from = -(2 ** 31); ; ) {
    const links: Link[] = await linksAfter(ctx, tenantId, from);
    // Not anchored yet, or never to be: what the anchor doesn't know is not judged.
    const judged = links.filter((link) => link.entry <= anchored.entry);
    counted.rows += await verifyLinks(judging, before, judged);
    counted.links += judged.length;
    before = judged.at(-1) ?? before;
    const last = links.at(-1);
    if (!last || links.length < LINKS) break;
    from = last.seq;
  }
  const upto = before?.uptoXid ?? LOWEST;
  if (anchored.closed > upto) {
    const late = await countRows(ctx, tenantId, upto, anchored.closed);
    const from = before?.closedAt ?? null;
    if (late > 0) found.add('rows_added', { tenantId, from, to: anchored.at, detail: `${late} in no link` });
  }
  await verifyErasures(ctx, tenantId, found);
  return counted;
}

/** Reads the rows of links that follow each other, page by page, and gives each link its own. */
async function verifyLinks(judging: Judging, first: Link | null, links: Link[]): Promise<number> {
  const { ctx, tenantId, found } = judging;
  const upto = links.at(-1)?.uptoXid;
  let rows = 0;
  let before = first;
  let sum = emptySum();
  const waiting = [...links];
  const end = (link: Link) => {
    judge(judging, before, link, sum);
    before = link;
    sum = emptySum();
    waiting.shift();
  };
  for (let after = behind(first?.uptoXid ?? LOWEST); upto !== undefined; ) {
    const page: TrailRow[] = await inTenant(ctx, tenantId, (tx) => nextRows(tx, tenantId, after, upto));
    for (const row of page) {
      for (let [link] = waiting; link && BigInt(row.xid) > link.uptoXid; [link] = waiting) end(link);
      sum.hash.update(lineOf(row));
      sum.rows += 1;
      if (!namesWhoItDid(row))
        found.add('person_replaced', { ...during(tenantId, before, waiting[0]), detail: `row ${row.id}` });
    }
    rows += page.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    after = { xid: BigInt(last.xid), id: last.id };
  }
  for (let [link] = waiting; link; [link] = waiting) end(link);
  return rows;
}

type Sum = { hash: Hash; rows: number };
const emptySum = (): Sum => ({ hash: createHash('sha256'), rows: 0 });

/** Between which moments the rows of a link were settled. */
function during(tenantId: string, before: Link | null, link: Link | undefined) {
  return { tenantId, from: before?.closedAt ?? null, to: link?.closedAt ?? null };
}

function judge({ key, tenantId, found }: Judging, before: Link | null, link: Link, { hash, rows }: Sum): void {
  const about = during(tenantId, before, link);
  const isNext = link.seq === (before?.seq ?? 0) + 1;
  const mac = macOf(key, before?.mac ?? NOTHING, link);
  if (!isNext || hex(mac) !== hex(link.mac)) found.add('link_altered', { ...about, detail: `link ${link.seq}` });
  const detail = `${link.rows} were closed, ${rows} are there`;
  if (rows < link.rows) found.add('rows_deleted', { ...about, detail });
  else if (rows > link.rows) found.add('rows_added', { ...about, detail });
  else if (hex(new Uint8Array(hash.digest())) !== hex(link.digest)) found.add('rows_altered', { ...about, detail });
}

/** Who stands beside the chain is who the chain holds the digest of, or was erased by an erasure that says so. */
function namesWhoItDid(row: TrailRow): boolean {
  const isSomebody = row.subjectDigest !== null;
  return (
    fits(row.actorId, row.actorSalt, row.actorDigest, row.actorErased) &&
    fits(isSomebody ? row.subjectId : null, row.subjectSalt, row.subjectDigest, row.subjectErased)
  );
}

function fits(id: string | null, salt: Uint8Array | null, digest: Uint8Array | null, erased: boolean): boolean {
  if (digest === null) return id === null && salt === null && !erased;
  if (id === null && salt === null) return erased;
  return id !== null && salt !== null && !erased && hex(digestUnder(salt, id)) === hex(digest);
}

function linksAfter(ctx: Context, tenantId: string, seq: number): Promise<Link[]> {
  return inTenant(ctx, tenantId, async (tx) => {
    const rows = await tx.$queryRaw<(Omit<Link, 'entry' | 'uptoXid'> & { entry: string; uptoXid: string })[]>`
      SELECT tenant_id::text AS "tenantId", seq, entry::text AS entry, upto_xid::text AS "uptoXid", rows, digest, mac,
             closed_at AS "closedAt"
      FROM audit_links WHERE tenant_id = ${tenantId}::uuid AND seq > ${seq}::int ORDER BY seq LIMIT ${LINKS}::int`;
    return rows.map((row) => ({ ...row, entry: BigInt(row.entry), uptoXid: BigInt(row.uptoXid) }));
  });
}

async function countRows(ctx: Context, tenantId: string, after: bigint, upto: bigint): Promise<number> {
  const [row] = await inTenant(
    ctx,
    tenantId,
    (tx) => tx.$queryRaw<{ rows: number }[]>`
      SELECT count(*)::int AS rows FROM audit
      WHERE tenant_id = ${tenantId}::uuid AND xid > ${after}::bigint AND xid <= ${upto}::bigint`,
  );
  return row?.rows ?? 0;
}

function inTenant<T>(ctx: Context, tenantId: string, work: (tx: SqlTx) => PromiseLike<T>): Promise<T> {
  return withTenantSql(ctx.prisma, tenantId, work);
}
