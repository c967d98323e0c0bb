import type { MemberContext } from '@secateur/core/context';
import { listLedger } from '@secateur/core/ledger';
import type { LedgerFilter, LedgerPlace } from '@secateur/core/ledger/schemas';
import { createDb, type Db } from '@secateur/db';
import { openAsker, type Server } from '../shared/database.ts';
import type { Finding } from '../shared/say.ts';
import { asksOf } from './asks.ts';
import { type LedgerSizes, loadLedger } from './load.ts';
import { seedRlsScan } from './rls-scan.ts';

export type LedgerOptions = LedgerSizes & {
  /** Pages of each kind that are asked for, one after the other and on from where the last one ended. */
  pages: number;
  /** Whether times are judged. */
  timed: boolean;
  bug: 'rls-scan' | null;
  say(text: string): void;
};

const FEW = 'a page looks at few of the tenant’s rows';
const SOON = 'a page of the ledger comes within 100 ms';

/** Rows of targets that one page may read: those of a walk, or of a search's look-ups, and some that lie between. */
const MOST_READ = 16_000;
/** Milliseconds within which 95 of 100 pages are there, everything from asking to the answer counted. */
const MOST_MS = 100;
/** Pages that are asked for before time is taken: connections are made, and what is often read is in memory. */
const WARM = 2;

/** Asks for pages of a large ledger as the web app does, under row-level security, one kind of question after the other. */
export async function proveLedger(server: Server, options: LedgerOptions): Promise<Finding> {
  const { targets, others, pages, timed, bug, say } = options;
  const urls = await server.database('ledger');
  const now = new Date();
  const loaded = await loadLedger(urls.admin, { targets, others }, now);
  say(`${targets} targets of one tenant are there, and ${others} of others`);
  const endBug = bug === null ? () => {} : seedRlsScan();
  // One connection, so that what it read can be told from what others did; no prepared statements, as in the web app.
  const db = createDb(urls.web, { max: 1 });
  const admin = await openAsker(urls.admin);
  const ctx: MemberContext = {
    prisma: db.prisma,
    clock: { now: () => now },
    actor: { tenantId: loaded.tenantId, userId: loaded.tenantId, role: 'owner', suspended: false, grants: [] },
  };
  const p95: Record<string, number> = {};
  const all: number[] = [];
  let mostRead = 0;
  let broke: string | null = null;
  try {
    for (const [name, filter] of asksOf(loaded)) {
      const asked = await askPages(ctx, db, admin, filter, pages);
      p95[name] = Math.round(quantile(asked.times, 0.95));
      all.push(...asked.times);
      mostRead = Math.max(mostRead, asked.read);
      if (asked.read > MOST_READ) broke ??= FEW;
      if (timed && quantile(asked.times, 0.95) > MOST_MS) broke ??= SOON;
      say(`${name}: p95 ${p95[name]} ms, at most ${asked.read} rows read, ${asked.found} found`);
    }
  } finally {
    endBug();
    await admin.close();
    await db.close();
    await server.drop('ledger');
  }
  const worst = Math.max(...Object.values(p95));
  return {
    figures: { targets, others, pages, mostRead, p95: Math.round(quantile(all, 0.95)), worst, each: p95 },
    broke,
  };
}

async function askPages(
  ctx: MemberContext,
  db: Db,
  admin: Awaited<ReturnType<typeof openAsker>>,
  filter: LedgerFilter,
  pages: number,
): Promise<{ times: number[]; read: number; found: number }> {
  const times: number[] = [];
  let read = 0;
  let found = 0;
  let after: LedgerPlace | null = null;
  for (let page = -WARM; page < pages; page += 1) {
    const before = await rowsRead(db, admin);
    const begun = performance.now();
    const { items, next }: Awaited<ReturnType<typeof listLedger>> = await listLedger(ctx, { ...filter, after });
    if (page >= 0) times.push(performance.now() - begun);
    read = Math.max(read, (await rowsRead(db, admin)) - before);
    found += items.length;
    after = next;
  }
  return { times, read, found };
}

/** Rows of targets that were read so far, by whoever. */
async function rowsRead(db: Db, admin: Awaited<ReturnType<typeof openAsker>>): Promise<number> {
  await db.pool.query('SELECT pg_stat_force_next_flush()');
  const [row] = await admin.ask<{ rows: string }>(
    `SELECT coalesce(sum(idx_tup_fetch), 0) + coalesce(sum(seq_tup_read), 0) AS rows FROM pg_stat_user_tables
     WHERE relname ~ '^targets_'`,
  );
  return Number(row?.rows ?? 0);
}

function quantile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
