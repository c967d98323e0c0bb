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

const proven = (bug: SecretsOptions['bug'], rotations: number, answers = 1) =>
  proveSecrets(server, { accounts: 10, workers: 2, rotations, answers, web: false, seed: 1, bug, say: () => {} });
const broken = async (...of: Parameters<typeof proven>) => (await proven(...of)).broke;

test('no secret comes to light, and none fails to open while keys rotate', { timeout: LONG }, async () => {
  expect(await broken(null, 1, 3)).toBeNull();
});

test('a token in a log is found out, one that somebody consented to as well as its key', {
  timeout: LONG,
}, async () => {
  const { broke, figures } = await proven('log-token', 0);
  expect(broke).toBe(PROMISES.logs);
  expect(figures.found).toEqual(
    expect.arrayContaining(['access token', 'refresh token', 'OAuth access token', 'OAuth refresh token', 'DPoP key']),
  );
});

test('the words of an error in a log are found out', { timeout: LONG }, async () => {
  expect(await broken('log-words', 0)).toBe(PROMISES.logs);
});

test('a key of a consent that nobody sealed is found out', { timeout: LONG }, async () => {
  const { broke, figures } = await proven('open-key', 0);
  expect({ broke, found: figures.found }).toEqual({ broke: PROMISES.rows, found: ['DPoP key'] });
});

test('a refresh token in a job is found out', { timeout: LONG }, async () => {
  const { broke, figures } = await proven('job-token', 0);
  expect({ broke, found: figures.found }).toEqual({ broke: PROMISES.payloads, found: ['OAuth refresh token'] });
});

test('a key that is taken away too early is found out', { timeout: LONG }, async () => {
  expect(await broken('early-drop', 1)).toBe(PROMISES.opens);
});
