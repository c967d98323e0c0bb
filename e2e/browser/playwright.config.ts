import { defineConfig } from '@playwright/test';
import { launchOptions } from './chromium.ts';

const WHOLE_PATH = '**/whole-path.spec.ts';

/** One world for all. The test that moves its clock by weeks comes last and alone. */
export default defineConfig({
  testDir: '.',
  outputDir: 'test-results',
  globalSetup: './global-setup.ts',
  fullyParallel: true,
  workers: 2,
  projects: [
    { name: 'parts', testIgnore: WHOLE_PATH },
    { name: 'whole path', testMatch: WHOLE_PATH, dependencies: ['parts'] },
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
