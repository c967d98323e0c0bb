import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { cellOf, type Running, type TakenFile, takePlace, whileRead } from '../exports/index.ts';
import { demand } from '../tenants/index.ts';
import { entriesOf } from './entries.ts';
import { look } from './look.ts';
import { type LedgerEntry, type LedgerFilter, type LedgerPlace, ledgerFilter } from './schemas.ts';

/** Entries read at a time. */
const PAGE = 1_000;

const COLUMNS = [
  'shield',
  'account',
  'network',
  'handle',
  'displayName',
  'action',
  'standing',
  'reason',
  'weakened',
  'confirmedAt',
  'liftAt',
  'by',
  'shieldId',
  'accountId',
  'profileId',
] as const satisfies (keyof LedgerEntry)[];

/**
 * What a filter shows of the ledger, as a table, page by page however much it is. That it is taken is written down before the
 * first line of it leaves.
 */
export async function exportLedger(ctx: MemberContext, raw: unknown): Promise<TakenFile> {
  demand(ctx, 'export');
  const filter = ledgerFilter.parse(raw);
  const { tenantId } = ctx.actor;
  const running = await withTenant(ctx.prisma, tenantId, async (tx) => {
    const place = await takePlace(tx, ctx);
    await auditMember(tx, ctx, { action: 'ledger.exported', subjectId: tenantId });
    return place;
  });
  const lines = csv(pages(ctx, filter, running));
  return {
    name: 'ledger.csv',
    type: 'text/csv; charset=utf-8',
    chunks: whileRead<string | Uint8Array>(running, lines),
  };
}

async function* pages(ctx: MemberContext, filter: LedgerFilter, running: Running): AsyncGenerator<LedgerEntry[]> {
  const { tenantId } = ctx.actor;
  let after: LedgerPlace | null = null;
  do {
    const found: Awaited<ReturnType<typeof look>> = await look(ctx, filter, after, PAGE);
    yield await withTenant(ctx.prisma, tenantId, async (tx) => {
      await running.goOn(tx);
      return entriesOf(tx, tenantId, found.items);
    });
    after = found.next;
  } while (after !== null);
}

async function* csv(entries: AsyncGenerator<LedgerEntry[]>): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for await (const page of entries) yield page.map(lineOf).join('');
}

function lineOf(entry: LedgerEntry): string {
  const { shield, by, ...row } = entry;
  const cells = { ...row, shield: shield.name, by: by?.name ?? null };
  return `${COLUMNS.map((column) => cellOf(cells[column])).join(',')}\r\n`;
}
