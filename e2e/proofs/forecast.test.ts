import { afterAll, beforeAll, expect, test } from 'vitest';
import { DONE, LISTED } from './forecast/promises.ts';
import { type ForecastOptions, proveForecast } from './forecast/run.ts';
import { type Server, startServer } from './shared/database.ts';

/** Milliseconds. */
const LONG = 180_000;

let server: Server;
beforeAll(async () => {
  server = await startServer();
}, LONG);
afterAll(() => server.close());

const NONE = { listed: 0, followers: 0, members: 0, muted: 0, bug: null, say: () => {} };
/**
 * Each just large enough for what would be forgotten of it: a window of pages and a bit; three windows of blocks; lists of which each
 * takes more than one; three windows of mutes, half of them after the month's end.
 */
const SIZES = { listed: 19_400, followers: 250, members: 1_300, muted: 150 };
const broken = async (options: Partial<ForecastOptions>) =>
  (await proveForecast(server, { ...NONE, ...options })).broke;

test('what a preview foretells comes within a tenth of its time', { timeout: LONG }, async () => {
  expect(await broken(SIZES)).toBeNull();
});

test.each([
  ['no-paging', 'listed', LISTED],
  ['no-cap', 'muted', DONE],
  ['no-sharing', 'members', DONE],
] as const)('a forecast with %s is found out', { timeout: LONG }, async (bug, scene, promise) => {
  expect(await broken({ [scene]: SIZES[scene], bug })).toBe(promise);
});
