import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bug } from './forecast/bugs.ts';
import { DONE, LISTED } from './forecast/promises.ts';
import { proveForecast } from './forecast/run.ts';
import { type Server, startServer } from './shared/database.ts';

/** Milliseconds. */
const LONG = 180_000;

let server: Server;
beforeAll(async () => {
  server = await startServer();
}, LONG);
afterAll(() => server.close());

const small = { followers: 400, listed: 25_000, members: 1_500, muted: 150, say: () => {} };
const broken = async (bug: Bug | null) => (await proveForecast(server, { ...small, bug })).broke;

test('what a preview foretells comes within a tenth of its time', { timeout: LONG }, async () => {
  expect(await broken(null)).toBeNull();
});

test.each([
  ['no-paging', LISTED],
  ['no-cap', DONE],
  ['no-sharing', DONE],
] as const)('a forecast with %s is found out', { timeout: LONG }, async (bug, promise) => {
  expect(await broken(bug)).toBe(promise);
});
