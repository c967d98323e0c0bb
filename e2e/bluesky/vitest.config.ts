import { defineConfig } from 'vitest/config';

/** One file, one set of servers: minutes, not seconds, when they are not installed yet. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    hookTimeout: 300_000,
    testTimeout: 60_000,
  },
});
