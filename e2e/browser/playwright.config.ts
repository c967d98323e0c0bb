import { defineConfig } from '@playwright/test';
import { launchOptions } from './chromium.ts';

const WHOLE_PATH = '**/whole-path.spec.ts';
const DELETION = '**/deletion.spec.ts';
const RENEWAL = '**/renewal.spec.ts';
const MEANWHILE = '**/meanwhile.spec.ts';

/** One world for all. The tests that move its clock by hours and weeks come last, one after the other. */
export default defineConfig({
  testDir: '.',
  outputDir: 'test-results',
  globalSetup: './global-setup.ts',
  fullyParallel: true,
  workers: 2,
  projects: [
    { name: 'parts', testIgnore: [WHOLE_PATH, DELETION, RENEWAL, MEANWHILE] },
    { name: 'deletion', testMatch: DELETION, dependencies: ['parts'] },
    { name: 'renewal', testMatch: RENEWAL, dependencies: ['deletion'] },
    { name: 'meanwhile', testMatch: MEANWHILE, dependencies: ['renewal'] },
    { name: 'whole path', testMatch: WHOLE_PATH, dependencies: ['meanwhile'] },
  ],
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.BASE_URL,
    launchOptions: await launchOptions(),
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    video: 'off',
  },
});
