import { createHash, type Hash } from 'node:crypto';
import { type SqlTx, withTenantSql } from '@secateur/db';
import type { Context } from '../context/index.ts';
import { lineOf, macOf, NOTHING } from './chain.ts';
import type { Head } from './entry.ts';
import { behind, nextRows, PAGE, type Place } from './rows.ts';
import type { TrailKey } from './trail-key.ts';

type Order = { run: string; tenantId: string; entry: bigint; upto: bigint };

/** Rows after which a link ends with the transaction it is at: a transaction of ours has to end in seconds. */
const MANY_ROWS = 20_000;

/** Closes links over a tenant's rows up to a transaction. 'replaced' when another run has begun meanwhile. */
export async function closeTenant(ctx: Context, key: TrailKey, order: Order): Promise<Head[] | 'replaced'> {
  const heads: Head[] = [];
  for (;;) {
    const made = await withTenantSql(ctx.prisma, order.tenantId, (tx) => closeLink(tx, key, order));
    if (made === 'replaced') return made;
    if (made === null) return heads;
    heads.push(made);
    if (made.uptoXid === order.upto) return heads;
  }
}

async function closeLink(tx: SqlTx, key: TrailKey, order: Order): Promise<Head | null | 'replaced'> {
  const { run, tenantId, entry } = order;
  // The anchor may only know what a crash can't take back: this commit flushes every one before it.
  await tx.$executeRaw`SELECT set_config('synchronous_commit', 'on', true)`;
  const mine = await tx.$queryRaw<unknown[]>`SELECT 1 FROM audit_closing WHERE run = ${run}::uuid FOR SHARE`;
  if (mine.length === 0) return 'replaced';
  const [before] = await tx.$queryRaw<{ seq: number; uptoXid: string; mac: Uint8Array }[]>`
    SELECT seq, upto_xid::text AS "uptoXid", mac FROM audit_links WHERE tenant_id = ${tenantId}::uuid
    ORDER BY seq DESC LIMIT 1`;
  const hash = createHash('sha256');
  const after = behind(before ? BigInt(before.uptoXid) : -1n);
  const { rows, upto } = await hashRows(tx, hash, tenantId, after, order.upto);
  if (rows === 0) return null;
  const link = {
    tenantId,
    seq: (before?.seq ?? 0) + 1,
    entry,
    uptoXid: upto,
    rows,
    digest: new Uint8Array(hash.digest()),
    closedAt: new Date(),
  };
  const mac = macOf(key, before?.mac ?? NOTHING, link);
  await tx.$executeRaw`
    INSERT INTO audit_links (tenant_id, seq, entry, upto_xid, rows, digest, mac, closed_at)
    VALUES (${tenantId}::uuid, ${link.seq}::int, ${entry}::bigint, ${upto}::bigint, ${rows}::int, ${link.digest}::bytea,
            ${mac}::bytea, ${link.closedAt}::timestamptz)`;
  const { digest: _, entry: __, ...head } = link;
  return { ...head, mac };
}

/** Takes rows in, page by page. Past many rows it ends with the transaction that it is at. */
async function hashRows(
  tx: SqlTx,
  hash: Hash,
  tenantId: string,
  from: Place,
  most: bigint,
): Promise<{ rows: number; upto: bigint }> {
  let rows = 0;
  let upto = most;
  for (let after = from; ; ) {
    const page = await nextRows(tx, tenantId, after, upto);
    for (const row of page) hash.update(lineOf(row));
    rows += page.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return { rows, upto };
    after = { xid: BigInt(last.xid), id: last.id };
    if (rows >= MANY_ROWS) upto = after.xid;
  }
}
