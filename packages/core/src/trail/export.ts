import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { type Running, takePlace, whileRead } from '../exports/index.ts';
import { demand } from '../tenants/index.ts';
import { CSV_HEAD, csvLine } from './csv.ts';
import { entryOf } from './read.ts';
import { exportTrailInput, type TrailEntry, type TrailFilter, type TrailPlace } from './schemas.ts';
import { type Found, findRows } from './store.ts';

/** A file that is made while it is read. */
export type TrailFile = { name: string; type: string; chunks: AsyncGenerator<string> };

const PAGE = 500;

/**
 * The tenant's trail as a file, newest first, page by page however long it is. Taking it is itself written down before the
 * first line of it leaves.
 */
export async function exportTrail(ctx: MemberContext, raw: unknown): Promise<TrailFile> {
  demand(ctx, 'trail');
  demand(ctx, 'export');
  const { format, ...filter } = exportTrailInput.parse(raw);
  const { tenantId } = ctx.actor;
  const running = await withTenant(ctx.prisma, tenantId, async (tx) => {
    const place = await takePlace(tx, ctx);
    await auditMember(tx, ctx, { action: 'trail.exported', subjectId: null });
    return place;
  });
  const entries = pages(ctx, filter, running);
  const name = `activity.${format}`;
  if (format === 'csv') return { name, type: 'text/csv; charset=utf-8', chunks: whileRead(running, csv(entries)) };
  return { name, type: 'application/json; charset=utf-8', chunks: whileRead(running, json(entries)) };
}

async function* pages(ctx: MemberContext, filter: TrailFilter, running: Running): AsyncGenerator<TrailEntry[]> {
  const { tenantId } = ctx.actor;
  let before: TrailPlace | null = null;
  for (;;) {
    const after = before;
    const rows: Found[] = await withTenant(ctx.prisma, tenantId, async (tx) => {
      await running.goOn(tx);
      return findRows(tx, tenantId, filter, after, PAGE);
    });
    yield rows.map((row) => entryOf(ctx, row));
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    before = { at: last.at, xid: last.xid, id: last.id };
  }
}

async function* csv(entries: AsyncGenerator<TrailEntry[]>): AsyncGenerator<string> {
  yield CSV_HEAD;
  for await (const page of entries) yield page.map(csvLine).join('');
}

async function* json(entries: AsyncGenerator<TrailEntry[]>): AsyncGenerator<string> {
  let lead = '[\n';
  for await (const page of entries) {
    for (const entry of page) {
      yield `${lead}${JSON.stringify(entry)}`;
      lead = ',\n';
    }
  }
  yield lead === '[\n' ? '[]\n' : '\n]\n';
}
