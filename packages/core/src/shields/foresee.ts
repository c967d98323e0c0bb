import type { Tx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { accountScope, accountStretch, spendsIn } from '../budgets/index.ts';
import { bucketsOf, WHOLE_TENANT } from '../quotas/index.ts';
import { available } from '../quotas/policy/index.ts';
import { spendingOf } from '../spending/index.ts';
import { beforeOn } from './before.ts';
import type { Crowd } from './crowds.ts';
import type { Capability } from './policy/capability.ts';
import { type Foretold, foretell, type Outlook } from './policy/foretell.ts';
import { type Listing, listedWhen, listingOf } from './policy/listing.ts';
import { allOf, asListed, type Supply, tokens } from './policy/supply.ts';

/** One account of a preview, and what it would make there. `queued` of them wait under other shields already. */
export type OnAccount = {
  accountId: string;
  network: NetworkName;
  capability: Capability;
  toDo: number;
  queued: number;
  /** Of those whom it means in the end, the part that is listed. */
  known: number;
};

/** When it is all listed, the first and the last are done and lifted, were it raised now. Null: never, or nobody knows. */
export type Foreseen = { listed: Date | null; done: Date | null; firstLift: Date | null; lifted: Date | null };

/**
 * Foretells what becomes of a preview on all its accounts, by the budgets, tokens and money that there are and what runs on
 * them already. What accounts share (the tenant's tokens and money) goes to each in proportion to what it has to do.
 */
export async function foresee(
  tx: Tx,
  tenantId: string,
  shield: { holdSeconds: number | null; crowds: Crowd[] },
  accounts: OnAccount[],
  now: Date,
): Promise<Foreseen> {
  const listings = new Map<NetworkName, Listing | null>(
    accounts.map(({ network }) => {
      const here = shield.crowds.filter((c) => c.source.network === network && !c.complete);
      return [network, listingOf(network, here, now)];
    }),
  );
  const { cap, spent } = await spendingOf(tx, tenantId, now);
  const { tenant } = await bucketsOf(tx, { tenantId, accountId: WHOLE_TENANT }, now);
  const tokensWanted = accounts.reduce((sum, { toDo }) => sum + toDo, 0);
  const owed = accounts.reduce((sum, { network, capability }) => {
    return Math.max(sum, (listings.get(network)?.rest ?? 0) * capability.price.listed);
  }, 0);
  const moneyWanted = accounts.reduce((sum, { toDo, capability }) => sum + toDo * capability.price.each, 0);
  const each: Foretold[] = [];
  for (const one of accounts) {
    const { accountId, network, capability, toDo, queued } = one;
    const before = await beforeOn(tx, { tenantId, accountId, network }, now);
    const { account } = await bucketsOf(tx, { tenantId, accountId }, now);
    const part = tokensWanted === 0 ? 1 : toDo / tokensWanted;
    const paid = moneyWanted === 0 ? 1 : (toDo * capability.price.each) / moneyWanted;
    const listing = listings.get(network) ?? null;
    const effects = Math.max(0, toDo - queued);
    each.push(
      foretell({
        now: now.getTime(),
        budget: await budgetOf(tx, accountId, capability, now),
        before: before.queue,
        own: { effects, supply: supplyOf(effects, one.known, listing), holdSeconds: shield.holdSeconds },
        shares: queued > 0,
        lifting: before.lifting,
        tokens: tokens({
          level: before.tokensHeld + Math.min(available(tenant, now) * part, available(account, now)),
          perDay: Math.min(tenant.ratePerDay * part, account.ratePerDay),
          now: now.getTime(),
        }),
        money: { left: (cap - spent) * paid, cap: cap * paid, each: capability.price.each, owed: owed * paid },
      }),
    );
  }
  const until = [...listings.values()].map((listing) => listing && listedWhen(listing, listing.rest));
  return {
    listed: last(until),
    done: last(each.map(({ done }) => done)),
    firstLift: earliest(each.map(({ firstLift }) => firstLift)),
    lifted: last(each.map(({ lifted }) => lifted)),
  };
}

/** The account's own windows; where there are none, the pace that is known stands for them. */
async function budgetOf(tx: Tx, accountId: string, capability: Capability, now: Date): Promise<Outlook['budget']> {
  const { windows, paces, points, liftPoints } = capability;
  if (windows.length === 0) {
    const pace = paces.map(({ seconds, effects }) => ({ seconds, points: effects }));
    return { windows: pace, stretchSeconds: 1, spends: [], points: { apply: 1, lift: 1 } };
  }
  const stretchSeconds = accountStretch(windows);
  const spends = await spendsIn(tx, accountScope(accountId), windows, stretchSeconds, now);
  return { windows, stretchSeconds, spends, points: { apply: points, lift: liftPoints } };
}

function supplyOf(effects: number, part: number, listing: Listing | null): Supply {
  if (listing === null || listing.rest === 0) return allOf(effects);
  const known = Math.min(effects, Math.round(effects * part));
  return asListed(known, effects - known, listing);
}

function last(times: (number | null)[]): Date | null {
  return times.some((at) => at === null) ? null : dateOf(Math.max(...times.flatMap((at) => at ?? [])));
}

function earliest(times: (number | null)[]): Date | null {
  const known = times.flatMap((at) => at ?? []);
  return known.length === 0 ? null : dateOf(Math.min(...known));
}

function dateOf(at: number): Date | null {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date;
}
