import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { bound } from '@secateur/db/server';
import { inherited } from './env.ts';
import { print } from './say.ts';

export type ChildOptions = {
  name: string;
  /** Arguments to Node. */
  args: string[];
  cwd: string;
  /** Added to what we were started with; undefined takes a name away. */
  env: Readonly<Record<string, string | undefined>>;
  /** Everything the child prints goes here. */
  logFile: string;
};

export type Child = {
  name: string;
  pid: number;
  /** From now on what it prints for people to read, which is every line that is no JSON, is shown. */
  show(): void;
  /** Resolves when the process is gone, with how it ended and its last lines. */
  ended: Promise<{ how: string; lastLines: string }>;
  /** SIGTERM, and SIGKILL after `patience` milliseconds. Settles when it is gone. */
  stop(patience?: number): Promise<void>;
  /** SIGKILL, as a crash would be. Settles when it is gone. */
  kill(): Promise<void>;
};

const PATIENCE = 15_000;

/**
 * A Node process in a process group of its own, so that a Ctrl-C in the terminal reaches only us and children end in
 * our order. What it prints goes to its log.
 */
export function startChild({ name, args, cwd, env, logFile }: ChildOptions): Child {
  const [command, ...its] = bound('TERM', [process.execPath, ...args]);
  const process_ = spawn(command, its, {
    cwd,
    env: { ...inherited, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  const last: string[] = [];
  let shown = false;
  const follow = (stream: Readable) =>
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      last.push(line);
      if (last.length > 12) last.shift();
      if (shown && !line.startsWith('{')) print(`${name}: ${line}`);
    });
  follow(process_.stdout);
  follow(process_.stderr);

  const ended = new Promise<{ how: string; lastLines: string }>((settle) => {
    process_.once('error', (error) => settle({ how: error.message, lastLines: '' }));
    process_.once('close', (code, signal) => {
      log.end();
      settle({ how: signal ? `was ended by ${signal}` : `exited with code ${code}`, lastLines: last.join('\n') });
    });
  });
  const end = async (signal: 'SIGTERM' | 'SIGKILL', patience?: number) => {
    process_.kill(signal);
    const timer = patience === undefined ? undefined : setTimeout(() => process_.kill('SIGKILL'), patience);
    await ended;
    clearTimeout(timer);
  };
  return {
    name,
    pid: process_.pid ?? 0,
    show: () => {
      shown = true;
    },
    ended,
    stop: (patience = PATIENCE) => end('SIGTERM', patience),
    kill: () => end('SIGKILL'),
  };
}
