import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './env.ts';
import { runTool } from './tool.ts';

const STAMP = join(ROOT, 'apps/web/.next/inputs.sha256');
const GENERATED = join(ROOT, 'packages/db/src/generated/client.ts');
const MADE = ['node_modules', '.next', '.turbo', 'generated', 'next-env.d.ts'];

/** Builds the web app unless what it is made of is what it was at the last build. Returns whether it did. */
export async function buildWeb(signal?: AbortSignal): Promise<boolean> {
  const inputs = hashInputs();
  if (existsSync(GENERATED) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputs) return false;
  // A build that turbo still has is put over what is there, and the pages that a server kept of another one would be served.
  rmSync(join(ROOT, 'apps/web/.next/server'), { recursive: true, force: true });
  await runTool('turbo', ['run', 'build', '--output-logs=errors-only'], { signal });
  writeFileSync(STAMP, inputs);
  return true;
}

/** Makes the code that is made from the schema. */
export async function generate(): Promise<void> {
  await runTool('turbo', ['run', 'generate', '--output-logs=errors-only']);
}

function hashInputs(): string {
  const hash = createHash('sha256');
  const all = globSync(['apps/web/**/*', 'packages/*/**/*', 'package.json', 'pnpm-lock.yaml', 'turbo.json'], {
    cwd: ROOT,
    withFileTypes: true,
    exclude: (entry) => MADE.includes(entry.name) || entry.name.includes('.test.'),
  });
  const files = all.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
  for (const file of files.sort()) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
