import { afterEach, beforeEach, expect, test } from 'vitest';
import { PROMISES } from './secrets/promises.ts';
import { proveSecrets, type SecretsOptions } from './secrets/run.ts';
import { type Server, startServer } from './shared/database.ts';

/** Milliseconds; processes are started, killed and started again. */
const LONG = 240_000;

let server: Server;
beforeEach(async () => {
  server = await startServer();
}, LONG);
afterEach(() => server.close());

const broken = async (bug: SecretsOptions['bug'], rotations: number) =>
  (await proveSecrets(server, { accounts: 10, workers: 2, rotations, web: false, seed: 1, bug, say: () => {} })).broke;

test('no secret comes to light, and none fails to open while keys rotate', { timeout: LONG }, async () => {
  expect(await broken(null, 1)).toBeNull();
});

test('a token in a log is found out', { timeout: LONG }, async () => {
  expect(await broken('log-token', 0)).toBe(PROMISES.logs);
});

test('the words of an error in a log are found out', { timeout: LONG }, async () => {
  expect(await broken('log-words', 0)).toBe(PROMISES.logs);
});

test('a key that is taken away too early is found out', { timeout: LONG }, async () => {
  expect(await broken('early-drop', 1)).toBe(PROMISES.opens);
});
