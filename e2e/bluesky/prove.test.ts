import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROMISES } from '../proofs/bluesky/promises.ts';
import { proveBluesky } from '../proofs/bluesky/run.ts';
import { type Server, startServer } from '../proofs/shared/database.ts';
import { type RealBluesky, startRealBluesky } from './start.ts';

/** Milliseconds; nothing here judges how long anything takes. */
const LONG = 180_000;

let server: Server;
let servers: RealBluesky;
beforeAll(async () => {
  server = await startServer();
  servers = await startRealBluesky({ databaseUrl: server.outside });
});
afterAll(async () => {
  await servers.stop();
  await server.close();
});

const broken = async (bug: 'server-keys' | 'lift-all' | null) =>
  (await proveBluesky({ server, servers, followers: 60, seed: 1, bug, say: () => {} })).broke;

test('from the preview to the last lift exactly ours come and go', { timeout: LONG }, async () => {
  expect(await broken(null)).toBeNull();
});

test('keys that the network chooses are found out', { timeout: LONG }, async () => {
  expect(await broken('server-keys')).toBe(PROMISES.one);
});

test('lifting what is not ours is found out', { timeout: LONG }, async () => {
  expect(await broken('lift-all')).toBe(PROMISES.hand);
});
