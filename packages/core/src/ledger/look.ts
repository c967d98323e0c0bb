import { type Tx, withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { visible } from '../tenants/policy/index.ts';
import { type Found, find, type Search } from './find.ts';
import { findNames } from './names.ts';
import { isWalk, wayTo } from './policy/index.ts';
import type { LedgerFilter, LedgerPlace } from './schemas.ts';
import { type Weight, weigh } from './weigh.ts';

/** Targets that a walk looks at step by step, until a page is full: most are full after the first. */
const STEPS = [300, 4_000] as const;
/** Look-ups that a search by name may begin with: everybody who was found, on every account. */
const LOOK_UPS = 5_000;

/** `count`: how many there are in all, where that is known; `next`: from where to go on. */
export type Looked = { items: Found[]; next: LedgerPlace | null; count: number | null };

type Walked = { items: Found[]; stoppedAt: LedgerPlace | null };

/**
 * One page of what a filter asks for, by the shortest way to it. A walk that met too few says how far it came. What everybody
 * is called like is met on the walk's first step; whatever is left is looked for by name, among all profiles.
 */
export async function look(
  ctx: MemberContext,
  filter: LedgerFilter,
  after: LedgerPlace | null,
  page: number,
): Promise<Looked> {
  const { tenantId } = ctx.actor;
  const ids = visible(ctx.actor, ctx.clock.now());
  const asked = { tenantId, visible: ids, filter, after, page, most: 1, found: [] };
  const { term } = filter;
  const begun = await withTenant(ctx.prisma, tenantId, async (tx) => {
    const weight = await weigh(tx, tenantId, ids, filter);
    const way = wayTo(filter, weight);
    const base = { ...asked, accounts: weight.accounts };
    if (!isWalk(way)) {
      const { items, matching } = await find(tx, { ...base, way });
      return { way, weight, walked: { items, stoppedAt: null }, count: matching };
    }
    const walked = await walk(tx, { ...base, way }, term === null ? STEPS : STEPS.slice(0, 1));
    return { way, weight, walked, count: known(filter, weight, walked, page) };
  });
  const { way, weight, walked } = begun;
  if (term === null || walked.stoppedAt === null || walked.items.length > page)
    return { ...pageOf(walked, page), count: after ? null : begun.count };
  const base = { ...asked, accounts: weight.accounts };
  const found = await findNames(ctx, term, Math.ceil(LOOK_UPS / Math.max(1, weight.accounts.length)));
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    if (found) {
      const { items, matching } = await find(tx, { ...base, way: 'found', found });
      return { ...pageOf({ items, stoppedAt: null }, page), count: after ? null : matching };
    }
    const on = await walk(tx, { ...base, way, after: walked.stoppedAt }, STEPS.slice(1));
    return { ...pageOf({ items: [...walked.items, ...on.items], stoppedAt: on.stoppedAt }, page), count: null };
  });
}

async function walk(tx: Tx, search: Search, steps: readonly number[]): Promise<Walked> {
  const items: Found[] = [];
  let { after } = search;
  for (const most of steps) {
    const step = await find(tx, { ...search, after, most });
    items.push(...step.items);
    after = step.stoppedAt;
    if (after === null || items.length > search.page) break;
  }
  return { items, stoppedAt: after };
}

function pageOf({ items, stoppedAt }: Walked, page: number): Omit<Looked, 'count'> {
  const shown = items.slice(0, page);
  return { items: shown, next: items.length > page ? placeOf(shown.at(-1)) : placeOf(stoppedAt) };
}

function placeOf(row: LedgerPlace | null | undefined): LedgerPlace | null {
  if (!row) return null;
  const { shieldId, accountId, profileId, action } = row;
  return { shieldId, accountId, profileId, action };
}

/** How many there are, where the walk went to its end, or the shields' own counts say so. */
function known(
  { term, action, standing, reason }: LedgerFilter,
  weight: Weight,
  walked: Walked,
  page: number,
): number | null {
  if (walked.stoppedAt === null && walked.items.length <= page) return walked.items.length;
  if (term !== null || action !== null || reason !== null) return null;
  if (standing === null) return weight.total;
  if (standing === 'spared') return weight.spared;
  return standing === 'planned' ? weight.pending : null;
}
