import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../..');

/** A tree of files under a directory of its own: path → text. Returns the directory. */
export function plantTree(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'secateur-planted-'));
  for (const [path, text] of Object.entries(files)) {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return dir;
}

/** Runs one of the root's tools in `cwd` and returns what it printed, whatever its exit code. */
export function toolOutput(tool: string, args: string[], cwd: string): Promise<string> {
  const options = { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  return new Promise((settle) => {
    execFile(join(ROOT, 'node_modules/.bin', tool), args, options, (_, output) => settle(output));
  });
}
