import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuditOptions, proveAudit } from './audit/run.ts';
import { type Server, startServer } from './shared/database.ts';

/** Milliseconds; processes are started, killed and started again. */
const LONG = 120_000;

let server: Server;
beforeAll(async () => {
  server = await startServer();
}, LONG);
afterAll(() => server.close());

const small = { tamperings: 130, tenants: 4, minutes: 6, kills: 10, crashes: 1, seed: 1, say: () => {} };
const broken = async (bug: AuditOptions['bug']) => (await proveAudit(server, { ...small, bug })).broke;

test('every way of tampering is found, and no crash is taken for one', { timeout: LONG }, async () => {
  expect(await broken(null)).toBeNull();
});

test('heads that the database’s owner can take back are found out', { timeout: LONG }, async () => {
  expect(await broken('no-anchor')).toBe('every tampering older than the anchor is found');
});
