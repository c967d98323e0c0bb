import type { KeyTexts } from '@secateur/core/testing';
import type { Urls } from '../shared/database.ts';
import { within } from '../shared/until.ts';
import { startWorkerProcess, type WorkerProcess } from '../shared/worker.ts';

/** Seconds in which a worker begins to work, dies of what it is to die of, or ends. */
const PATIENCE = 120;
/** What is shown of a worker that did not end. */
const LAST_LINES = 20;

type Started = { worker: WorkerProcess; port: number; last: string[] };

/** The worker processes of a run, and every word they ever said, over HTTP too. */
export type Fleet = {
  /** Replaces each by one with these keys, one after the other: the new one works before the old one ends. */
  roll(keys: KeyTexts): Promise<void>;
  /** Starts one that dies of an uncaught error when it opens credentials. Settles when it is dead. */
  crashOne(): Promise<void>;
  /** SIGKILL to one, and another in its place. */
  killOne(): Promise<void>;
  /** Asks each of them for its health and its metrics. */
  answers(): Promise<Buffer>;
  printed(): Buffer;
  started(): number;
  close(): Promise<void>;
};

export type FleetOptions = {
  size: number;
  urls: Urls;
  sandboxUrl: string;
  keys: KeyTexts;
  bug: string | null;
  /** Beside what every worker is started with. */
  env: Record<string, string>;
};

export async function startFleet({ size, bug, env, ...options }: FleetOptions): Promise<Fleet> {
  const lines: string[] = [];
  let { keys } = options;
  let started = 0;
  const alive: Started[] = [];
  const start = async (seed: string | null): Promise<Started> => {
    started += 1;
    let port = 0;
    const last: string[] = [];
    const heard = (line: string) => {
      lines.push(line);
      last.push(line);
      if (last.length > LAST_LINES) last.shift();
      port ||= Number(/"port":(\d+)/.exec(line)?.[1] ?? 0);
    };
    const its = { ...options, keys, bug: seed, heard, env: { LOG_LEVEL: 'debug', ...env } };
    const worker = await within('a worker works', PATIENCE, () => startWorkerProcess(its));
    return { worker, port, last };
  };
  const end = async ({ worker, last }: Started) => {
    try {
      await within(`worker ${worker.pid} ends`, PATIENCE, () => worker.end());
    } catch (error) {
      throw new Error([String(error), ...last].join('\n'));
    }
  };
  alive.push(...(await Promise.all(Array.from({ length: size }, () => start(bug)))));
  return {
    async roll(next) {
      keys = next;
      for (const old of alive.splice(0)) {
        alive.push(await start(bug));
        await end(old);
      }
    },
    async crashOne() {
      const { worker } = await start(bug === null ? 'crash' : `${bug},crash`);
      await within('a worker dies of what it opened', PATIENCE, () => worker.gone);
    },
    async killOne() {
      const victim = alive.shift();
      alive.push(await start(bug));
      await victim?.worker.end('SIGKILL');
    },
    async answers() {
      const asked = alive.flatMap(({ port }) =>
        port === 0 ? [] : ['/health', '/metrics', '/nothing'].map((path) => fetch(`http://127.0.0.1:${port}${path}`)),
      );
      const texts = (await Promise.all(asked)).map((response) => response.text());
      return Buffer.from((await Promise.all(texts)).join('\n'));
    },
    printed: () => Buffer.from(lines.join('\n')),
    started: () => started,
    close: async () => void (await Promise.all(alive.splice(0).map(end))),
  };
}
