import { defineConfig } from 'vitest/config';

/** One set of servers a file, one file after the other: minutes, not seconds, when they are not installed yet. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    fileParallelism: false,
    hookTimeout: 300_000,
    testTimeout: 60_000,
  },
});
