import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { csvOf } from './csv.ts';
import { jsonOf } from './json.ts';
import { pagesOf } from './pages.ts';
import { type Running, takePlace, whileRead } from './running.ts';
import { type ExportForm, exportInput } from './schemas.ts';
import { blocked } from './tables/effects.ts';
import { TABLES } from './tables/index.ts';
import { zipOf } from './zip.ts';

/** A file that is made while it is read. Its name tells nobody whose it is, or of what. */
export type TakenFile = { name: string; type: string; chunks: AsyncGenerator<string | Uint8Array> };

/**
 * Everything that the tenant has, or the plain list of whom it blocks and mutes, as a file. That it is taken is written down
 * before the first byte of it leaves. Throws the Refusal `export_running` while others are on their way.
 */
export async function exportTenant(ctx: MemberContext, raw: unknown): Promise<TakenFile> {
  demand(ctx, 'export');
  const { form } = exportInput.parse(raw);
  const { tenantId } = ctx.actor;
  const running = await withTenant(ctx.prisma, tenantId, async (tx) => {
    const place = await takePlace(tx, ctx);
    await auditMember(tx, ctx, { action: 'tenant.exported', subjectId: tenantId });
    return place;
  });
  const file = FORMS[form](ctx, running);
  return { ...file, chunks: whileRead<string | Uint8Array>(running, file.chunks) };
}

const FORMS: Record<ExportForm, (ctx: MemberContext, running: Running) => TakenFile> = {
  json: (ctx, running) => ({
    name: 'data.json',
    type: 'application/json; charset=utf-8',
    chunks: jsonOf(
      ctx.clock.now(),
      TABLES.map((table) => ({ table, pages: pagesOf(ctx, table, running) })),
    ),
  }),
  csv: (ctx, running) => ({
    name: 'data.zip',
    type: 'application/zip',
    chunks: zipOf(
      ctx.clock.now(),
      // The plain list too: who had to wait for a day has it all in one file.
      [...TABLES, blocked].map((table) => ({
        name: `${table.name}.csv`,
        chunks: csvOf(table, pagesOf(ctx, table, running)),
      })),
    ),
  }),
  list: (ctx, running) => ({
    name: 'accounts.csv',
    type: 'text/csv; charset=utf-8',
    chunks: csvOf(blocked, pagesOf(ctx, blocked, running)),
  }),
};
