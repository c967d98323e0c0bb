import type { KeyTexts } from '@secateur/core/testing';
import type { Urls } from '../shared/database.ts';
import { startWorkerProcess, type WorkerProcess } from '../shared/worker.ts';

/** Worker processes that are killed and replaced. */
export type Fleet = {
  readonly alive: readonly WorkerProcess[];
  /** Starts as many as are missing. */
  fill(): Promise<void>;
  /** SIGKILL to all of them at once. Settles when they are gone. */
  kill(some: readonly WorkerProcess[]): Promise<void>;
  /** How many ended although nobody killed them. */
  endedByThemselves(): number;
  close(): Promise<void>;
};

export type FleetOptions = {
  size: number;
  urls: Urls;
  sandboxUrl: string;
  keys: KeyTexts;
  bug: string | null;
};

export function createFleet({ size, ...options }: FleetOptions): Fleet {
  const alive = new Set<WorkerProcess>();
  let lost = 0;
  const start = async () => {
    const worker = await startWorkerProcess({ ...options, env: { LOG_LEVEL: 'info' } });
    alive.add(worker);
    void worker.gone.then(() => {
      if (alive.delete(worker)) lost += 1;
    });
  };
  const end = async (some: readonly WorkerProcess[], signal: NodeJS.Signals) => {
    for (const worker of some) alive.delete(worker);
    await Promise.all(some.map((worker) => worker.end(signal)));
  };
  return {
    get alive() {
      return [...alive];
    },
    fill: async () => void (await Promise.all(Array.from({ length: size - alive.size }, start))),
    kill: (some) => end(some, 'SIGKILL'),
    endedByThemselves: () => lost,
    close: () => end([...alive], 'SIGTERM'),
  };
}
