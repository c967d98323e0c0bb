import { afterEach, beforeEach, expect, test } from 'vitest';
import { PROMISES } from './secrets/promises.ts';
import { PARTS, proveSecrets, type SecretsOptions } from './secrets/run.ts';
import { type Server, startServer } from './shared/database.ts';

/** Milliseconds; processes are started, killed and started again. */
const LONG = 480_000;

let server: Server;
beforeEach(async () => {
  server = await startServer();
}, LONG);
afterEach(() => server.close());

const proven = (options: Partial<SecretsOptions>) =>
  proveSecrets(server, {
    accounts: 10,
    workers: 2,
    rotations: 0,
    answers: 1,
    parts: PARTS,
    web: false,
    seed: 1,
    bug: null,
    say: () => {},
    ...options,
  });

test('no secret comes to light, and none fails to open while keys rotate', { timeout: LONG }, async () => {
  const { broke } = await proven({ rotations: 1, answers: 3 });
  expect(broke).toBeNull();
});

/** Of each bug what it takes to be found. */
const few = { accounts: 2, workers: 1 };

test('a token in a log is found out, one that somebody consented to as well as its key', {
  timeout: LONG,
}, async () => {
  const { broke, figures } = await proven({ ...few, bug: 'log-token', parts: ['consents'] });
  expect(broke).toBe(PROMISES.logs);
  expect(figures.found).toEqual(
    expect.arrayContaining(['access token', 'refresh token', 'OAuth access token', 'OAuth refresh token', 'DPoP key']),
  );
});

test('the words of an error in a log are found out', { timeout: LONG }, async () => {
  const { broke } = await proven({ bug: 'log-words', workers: 1, parts: ['badly', 'consents', 'deaths'] });
  expect(broke).toBe(PROMISES.logs);
});

test('a key of a consent that nobody sealed is found out', { timeout: LONG }, async () => {
  const { broke, figures } = await proven({ ...few, bug: 'open-key', parts: ['consents'] });
  expect({ broke, found: figures.found }).toEqual({ broke: PROMISES.rows, found: ['DPoP key'] });
});

test('a refresh token in a job is found out', { timeout: LONG }, async () => {
  const { broke, figures } = await proven({ ...few, bug: 'job-token', parts: ['consents'] });
  expect({ broke, found: figures.found }).toEqual({ broke: PROMISES.payloads, found: ['OAuth refresh token'] });
});

test('a key that is taken away too early is found out', { timeout: LONG }, async () => {
  const { broke } = await proven({ ...few, bug: 'early-drop', rotations: 1, parts: ['consents'] });
  expect(broke).toBe(PROMISES.opens);
});
