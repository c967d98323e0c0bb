import { newId } from '@secateur/base';
import type { WorkerContext } from '@secateur/core/context';
import { act } from '@secateur/core/effects';
import { makeKeys, readKeys } from '@secateur/core/testing';
import { createDb, createLocks, type Db, withTenant } from '@secateur/db';
import type { Server } from '../shared/database.ts';
import { agreeing } from './agreeing.ts';
import { loadHeld } from './load-held.ts';

export type SweepCosts = { fewMsPer1000: number; manyMsPer1000: number };

/** Accounts whose turn is timed, one chunk that is due each. */
const TIMED = 50;
const DUE_EACH = 200;

type Side = { db: Db; ctx: WorkerContext; tenantId: string; accounts: string[]; took: number[] };

/**
 * Milliseconds per 1,000 due lifts among few and among many whose time has not come: finding them, asking which shields
 * cover them, lifting, writing what came of it. The network agrees at once and in this process, so that only our own work
 * is timed; few and many take turns, and of each the middle turn counts.
 */
export async function sweepCosts(
  server: Server,
  { accounts, few: least, many: most }: { accounts: number; few: number; many: number },
): Promise<SweepCosts> {
  const few = await prepare(server, 'sweep_few', accounts, least);
  const many = await prepare(server, 'sweep_many', accounts, most);
  for (let i = 0; i < Math.min(TIMED, accounts); i += 1) {
    for (const side of [few, many]) {
      const accountId = side.accounts[i];
      if (accountId === undefined) continue;
      const began = performance.now();
      await act(side.ctx, { tenantId: side.tenantId, accountId });
      side.took.push(performance.now() - began);
    }
  }
  const costs = { fewMsPer1000: costOf(few), manyMsPer1000: costOf(many) };
  for (const [name, side] of Object.entries({ sweep_few: few, sweep_many: many })) {
    await lifted(side);
    await side.ctx.locks.close();
    await side.db.close();
    await server.drop(name);
  }
  return costs;
}

async function prepare(server: Server, name: string, count: number, waiting: number): Promise<Side> {
  const urls = await server.database(name);
  const keys = makeKeys();
  const now = new Date();
  const { tenantId, accounts } = await loadHeld(urls.admin, {
    keys,
    accounts: count,
    dueEach: DUE_EACH,
    waitingEach: Math.floor(waiting / count),
    now,
  });
  const db = createDb(urls.worker, { max: 4, prepare: true });
  const ctx = {
    prisma: db.prisma,
    clock: { now: () => now },
    networks: { bluesky: agreeing() },
    keys: readKeys(keys),
    locks: createLocks(urls.worker),
    memberId: newId(),
    lost: new AbortController().signal,
  };
  return { db, ctx, tenantId, accounts, took: [] };
}

function costOf({ took }: Side): number {
  const sorted = [...took].sort((a, b) => a - b);
  return ((sorted[Math.floor(sorted.length / 2)] ?? 0) / DUE_EACH) * 1_000;
}

/** What was timed must have been the work. */
async function lifted({ ctx, tenantId, accounts, took }: Side): Promise<void> {
  const left = await withTenant(ctx.prisma, tenantId, (tx) =>
    tx.effect.count({
      where: {
        tenantId,
        accountId: { in: accounts.slice(0, took.length) },
        state: 'applied',
        dueAt: { lte: ctx.clock.now() },
      },
    }),
  );
  if (left > 0) throw new Error(`${left} due lifts were not done`);
}
