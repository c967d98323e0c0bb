import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../../..');

/** A file of tests that runs the contract, or what can be asked of a server that has only a part of it. */
export type Suite = { name: string; file: string; args: string[] };

/** Every adapter on the sandbox, Bluesky's on the real servers, Mastodon's on a real one that speaks a part of the API. */
export function suites(): Suite[] {
  const sandbox = globSync('packages/networks/src/*/sandbox.test.ts', { cwd: ROOT })
    .toSorted()
    .map((file): Suite => ({ name: basename(dirname(file)), file, args: ['--project', 'networks', inProject(file)] }));
  const real = (name: string, file: string): Suite => ({
    name,
    file: `e2e/${file}`,
    args: ['--config', `e2e/${dirname(file)}/vitest.config.ts`, basename(file)],
  });
  return [
    ...sandbox,
    real('bluesky, real', 'bluesky/contract.test.ts'),
    real('snac2, its own part', 'snac/part.test.ts'),
    real('snac2', 'snac/contract.test.ts'),
  ];
}

/** As its project names it. */
function inProject(file: string): string {
  return join('src', basename(dirname(file)), basename(file));
}
