import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PoolerOptions, provePooler } from './pooler/run.ts';
import { type Server, startServer } from './shared/database.ts';

/** Milliseconds; PgBouncer may have to be fetched. */
const LONG = 120_000;

let server: Server;
beforeAll(async () => {
  server = await startServer();
}, LONG);
afterAll(() => server.close());

const small = { queries: 1_500, tenants: 20, askers: 12, servers: 3, seed: 1, say: () => {} };
const broken = async (bug: PoolerOptions['bug']) => (await provePooler(server, { ...small, bug })).broke;

test('nobody reads another tenant through a pooler', { timeout: LONG }, async () => {
  expect(await broken(null)).toBeNull();
});

test('a tenant that is set for the session is found', { timeout: LONG }, async () => {
  expect(await broken('session-tenant')).toBe('nobody reads another tenant through a pooler');
});
