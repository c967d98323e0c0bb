import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LedgerOptions, proveLedger } from './ledger/run.ts';
import { type Server, startServer } from './shared/database.ts';

/** Milliseconds. */
const LONG = 180_000;

let server: Server;
beforeAll(async () => {
  server = await startServer();
}, LONG);
afterAll(() => server.close());

const small = { targets: 40_000, others: 5_000, pages: 2, timed: false, say: () => {} };
const broken = async (bug: LedgerOptions['bug']) => (await proveLedger(server, { ...small, bug })).broke;

test('no page of the ledger looks at many rows', { timeout: LONG }, async () => {
  expect(await broken(null)).toBeNull();
});

test('a search that begins with the tenant’s rows is found', { timeout: LONG }, async () => {
  expect(await broken('rls-scan')).toBe('a page looks at few of the tenant’s rows');
});
