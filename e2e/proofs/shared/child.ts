import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { bound } from '@secateur/db/server';

export type ChildOptions = {
  /** Arguments to Node: its own flags, the script, the script's arguments. */
  args: string[];
  /** Beside what this process was started with. */
  env: Record<string, string>;
  /** Shown of what the child prints, unless `quiet`. */
  quiet?: (line: string) => boolean;
  /** Told every line that it prints, errors included, which are not shown then. */
  heard?: (line: string) => void;
};

/** A Node process of a proof. It ends with the proof, whatever ends that. */
export type Child = {
  pid: number;
  /** Settles at the first line that `find` makes something of; throws when the process ends before. */
  line<T>(find: (line: string) => T | undefined): Promise<T>;
  /** Writes a line to it. */
  tell(line: string): void;
  signal(name: NodeJS.Signals): void;
  /** Settles when it has ended, however that came. */
  gone: Promise<void>;
  /** SIGTERM unless told otherwise. Settles when it is gone. */
  end(name?: NodeJS.Signals): Promise<void>;
};

export function startChild({ args, env, quiet = () => true, heard }: ChildOptions): Child {
  const [command, ...its] = bound('TERM', [process.execPath, ...args]);
  const child = spawn(command, its, {
    env: { ...process.env, ...env },
    stdio: 'pipe',
  });
  const said: string[] = [];
  const listeners = new Set<(line: string) => void>();
  if (heard) createInterface({ input: child.stderr }).on('line', heard);
  else child.stderr.pipe(process.stderr);
  createInterface({ input: child.stdout }).on('line', (line) => {
    heard?.(line);
    if (listeners.size > 0 || said.length < 100) said.push(line);
    for (const listener of listeners) listener(line);
    if (!quiet(line)) process.stderr.write(`${line}\n`);
  });
  const gone = new Promise<void>((settle) => child.once('exit', () => settle()));
  return {
    pid: child.pid ?? 0,
    line: (find) =>
      new Promise((settle, fail) => {
        const listener = (line: string) => {
          const found = find(line);
          if (found === undefined) return;
          listeners.delete(listener);
          settle(found);
        };
        listeners.add(listener);
        for (const line of said) if (listeners.has(listener)) listener(line);
        void gone.then(() => fail(new Error(`${args.at(-1)} ended early:\n${said.slice(-5).join('\n')}`)));
      }),
    tell: (line) => void child.stdin.write(`${line}\n`),
    signal: (name) => void child.kill(name),
    gone,
    async end(name = 'SIGTERM') {
      child.kill(name);
      await gone;
    },
  };
}
