import { afterEach, beforeEach, expect, test } from 'vitest';
import { type KillOptions, proveKill } from './kill/run.ts';
import { type Server, startServer } from './shared/database.ts';

/** Milliseconds; processes are started, killed and started again. */
const LONG = 180_000;
/** Seconds that work may lie about here: whether it is taken up is asked, not how fast. */
const PATIENCE = 8;

// One for each: after a crash nobody is taken for dead until all have had time to come back.
let server: Server;
beforeEach(async () => {
  server = await startServer();
}, LONG);
afterEach(() => server.close());

const small = { targets: 240, accounts: 6, fleet: 4, resets: 10, seed: 1, recovery: PATIENCE, say: () => {} };
const broken = async (options: Pick<KillOptions, 'kills' | 'crashes' | 'bug'>) =>
  (await proveKill(server, { ...small, ...options })).broke;

test('nobody is lost or doubled when workers are killed and Postgres is crashed', { timeout: LONG }, async () => {
  expect(await broken({ kills: 4, crashes: 1, bug: null })).toBeNull();
});

test('keys that the network chooses are found out', { timeout: LONG }, async () => {
  expect(await broken({ kills: 6, crashes: 0, bug: 'server-keys' })).toBe('nobody is doubled');
});

test('work that nobody takes up is found out', { timeout: LONG }, async () => {
  expect(await broken({ kills: 4, crashes: 0, bug: 'no-sweep' })).toBe(
    `orphaned work is taken up within ${PATIENCE} s`,
  );
});
