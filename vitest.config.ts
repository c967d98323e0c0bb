import { existsSync, globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { defineConfig } from 'vitest/config';

/** One project for every folder that has tests, so that `vitest --project core` runs one of them. */
const packages = globSync(['packages/*/package.json', 'apps/*/package.json', 'infra/launcher/package.json']).map(
  dirname,
);
const proofs = existsSync('e2e/proofs') ? ['e2e/proofs'] : [];

export default defineConfig({
  test: {
    globalSetup: ['./packages/testing/src/setup.ts'],
    projects: [...packages, ...proofs].sort().map((root) => ({
      resolve: { alias: { '~': new URL(`${root}/src`, import.meta.url).pathname } },
      oxc: { jsx: { runtime: 'automatic' as const } },
      test: {
        name: basename(root),
        root,
        include: ['**/*.test.{ts,tsx}'],
        pool: 'forks' as const,
        testTimeout: 30_000,
        hookTimeout: 30_000,
      },
    })),
  },
});
