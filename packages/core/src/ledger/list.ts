import { withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { entriesOf } from './entries.ts';
import { look } from './look.ts';
import { type LedgerPage, ledgerInput } from './schemas.ts';

/** Entries on one page. */
const PAGE = 50;

/** A page of everybody whom shields cover, newest shield first, each with what became of them and why. */
export async function listLedger(ctx: MemberContext, raw: unknown): Promise<LedgerPage> {
  demand(ctx, 'look');
  const { after, ...filter } = ledgerInput.parse(raw);
  const { items, next, count } = await look(ctx, filter, after, PAGE);
  const entries = await withTenant(ctx.prisma, ctx.actor.tenantId, (tx) => entriesOf(tx, ctx.actor.tenantId, items));
  return { items: entries, next, count };
}
