import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AuditAnchor } from './anchor.ts';

/** Bytes read at a time. */
const CHUNK = 65_536;
const NEWLINE = 10;

/**
 * An anchor in a file, which is only ever appended to. It belongs on a volume that the database's owner can't write to.
 * The folder must be there: one that isn't is a volume that was not mounted.
 */
export function fileAnchor(path: string): AuditAnchor {
  return { newest: (count) => newestOf(path, count), append: (line) => append(path, line), lines: () => linesOf(path) };
}

async function append(path: string, line: string): Promise<void> {
  const known = (await newestBytes(path, 1)) ?? Buffer.alloc(0);
  const torn = known.length > 0 && known.at(-1) !== NEWLINE;
  const file = await open(path, 'a', 0o600);
  try {
    // One write, so that what others append at this moment stands before it or behind it.
    const bytes = Buffer.from(`${torn ? '\n' : ''}${line}\n`);
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length) throw new Error(`the anchor took ${bytesWritten} of ${bytes.length} bytes`);
    await file.sync();
  } finally {
    await file.close();
  }
  if (known.length === 0) await syncFolder(dirname(path));
}

/** A new file's name is only safe once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

async function newestOf(path: string, count: number): Promise<string[]> {
  for (let bytes = CHUNK; ; bytes *= 4) {
    const end = await newestBytes(path, bytes);
    if (end === null) return [];
    const lines = end.toString('utf8').split('\n');
    // The first piece may be the rest of a longer line.
    const whole = end.length < bytes ? lines : lines.slice(1);
    const newest = whole.filter((line) => line !== '').reverse();
    if (newest.length >= count || end.length < bytes) return newest.slice(0, count);
  }
}

/** The file's last bytes; null when there is no file. */
async function newestBytes(path: string, most: number): Promise<Buffer | null> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.min(size, most));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, size - buffer.length);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return;
  try {
    let rest = Buffer.alloc(0);
    for await (const chunk of file.createReadStream({ highWaterMark: CHUNK, autoClose: false })) {
      let bytes = Buffer.concat([rest, chunk]);
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE)) {
        yield bytes.toString('utf8', 0, end + 1);
        bytes = bytes.subarray(end + 1);
      }
      rest = Buffer.from(bytes);
    }
    if (rest.length > 0) yield rest.toString('utf8');
  } finally {
    await file.close();
  }
}
