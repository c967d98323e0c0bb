import { defineConfig } from 'vitest/config';

/** A real server that speaks a part of Mastodon's API. The first run fetches it. */
export default defineConfig({
  test: { root: import.meta.dirname, include: ['*.test.ts'], fileParallelism: false, hookTimeout: 120_000 },
});
