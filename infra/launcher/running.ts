import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Who runs on a data directory, kept in it. A launcher that was killed could not stop its children: the next one finds
 * them here, and two launchers never share a directory.
 */
export type Running = { add(pid: number): void; clear(): void };

type Entry = { pid: number; started: string };
type Note = { launcher: Entry; children: Entry[] };

/** Takes the data directory. Throws a sentence when another launcher is at work in it. */
export async function takeDataDir(dataDir: string): Promise<Running> {
  const file = join(dataDir, 'running.json');
  const before = readNote(file);
  if (before && isAlive(before.launcher)) {
    throw new Error(`Secateur already runs on ${dataDir} (process ${before.launcher.pid}). Stop it first.`);
  }
  for (const child of before?.children ?? []) {
    if (isAlive(child)) process.kill(child.pid, 'SIGKILL');
    while (isAlive(child)) await pause(10);
  }
  const note: Note = { launcher: entryOf(process.pid), children: [] };
  const write = () => writeFileSync(file, JSON.stringify(note));
  write();
  return {
    add(pid) {
      note.children.push(entryOf(pid));
      write();
    },
    clear: () => rmSync(file, { force: true }),
  };
}

/** Process numbers are used again; together with its start time one names a process for good. */
function entryOf(pid: number): Entry {
  return { pid, started: startTime(pid) };
}

function isAlive({ pid, started }: Entry): boolean {
  return started !== '' && startTime(pid) === started;
}

/**
 * Field 22 of /proc/<pid>/stat, in ticks since the machine started; empty where there is no such process, or only its
 * end, which nobody has noticed yet.
 */
function startTime(pid: number): string {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return '';
  const fields = readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return fields[0] === 'Z' ? '' : (fields[19] ?? '');
}

function readNote(file: string): Note | null {
  if (!existsSync(file)) return null;
  const note: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isNote(note) ? note : null;
}

function isNote(value: unknown): value is Note {
  return typeof value === 'object' && value !== null && 'launcher' in value && 'children' in value;
}
