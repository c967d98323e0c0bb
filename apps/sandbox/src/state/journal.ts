import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { StateEvent } from './events.ts';

/** How long an event may wait in memory before it is on disk, in milliseconds of real time. */
const FLUSH_AFTER = 50;
const FLUSH_AT_LINES = 1_000;

/** What a store needs of a journal. */
export type Journal = { append(event: StateEvent): void; clear(): void; close(): void };

/** Forgets everything: a sandbox that lives in memory only. */
export const noJournal: Journal = { append: () => {}, clear: () => {}, close: () => {} };

/** An append-only file of events, one JSON object a line, written in batches. */
export function fileJournal(dir: string): Journal {
  mkdirSync(dir, { recursive: true });
  dropBrokenLine(dir);
  let file = openSync(pathIn(dir), 'a');
  let lines: string[] = [];
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (lines.length === 0) return;
    writeAll(file, `${lines.join('\n')}\n`);
    lines = [];
  };
  return {
    append: (event) => {
      lines.push(JSON.stringify(event));
      if (lines.length >= FLUSH_AT_LINES) flush();
      else timer ??= setTimeout(flush, FLUSH_AFTER);
    },
    clear: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      lines = [];
      closeSync(file);
      rmSync(pathIn(dir));
      file = openSync(pathIn(dir), 'a');
    },
    close: () => {
      flush();
      closeSync(file);
    },
  };
}

/** Everything that a directory's journal holds, oldest first. */
export function readJournal(dir: string): StateEvent[] {
  if (!existsSync(pathIn(dir))) return [];
  dropBrokenLine(dir);
  const lines = readFileSync(pathIn(dir), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as StateEvent);
}

/** A crash may have cut the last line short; what follows must not be glued to it. */
function dropBrokenLine(dir: string): void {
  if (!existsSync(pathIn(dir))) return;
  const bytes = readFileSync(pathIn(dir));
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) truncateSync(pathIn(dir), whole);
}

function pathIn(dir: string): string {
  return join(dir, 'journal.jsonl');
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done);
}
