import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every file of the server that is not a link elsewhere, with its name. The server goes on meanwhile: what it takes away before
 * it is read is passed over, and what comes while others are read, under a new name too, is read as well.
 */
export function* filesIn(dir: string): Generator<{ path: string; bytes: Buffer }> {
  const known = new Set<string>();
  for (let before = -1; known.size > before; ) {
    before = known.size;
    for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || known.has(path)) continue;
      known.add(path);
      const bytes = readIfThere(path);
      if (bytes !== null) yield { path: entry.name, bytes };
    }
  }
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
