import type { Child } from '../shared/child.ts';
import { openAsker, type Server } from '../shared/database.ts';
import { cpuOf, peakRss } from '../shared/proc.ts';
import type { SandboxProcess } from '../shared/sandbox.ts';
import { until } from '../shared/until.ts';

/** What a contestant took. */
export type Took = {
  perSecond: number;
  /** CPU seconds for 100,000 effects, children included. */
  workerCpu: number;
  postgresCpu: number;
  commitsPer1000: number;
  /** The worker's peak, in MiB. */
  rssMib: number;
};

export type Run = {
  server: Server;
  /** The contestant's own database. */
  database: string;
  sandbox: SandboxProcess;
  worker: Child;
  /** Effects that are measured, and those before them. */
  effects: number;
  warm: number;
  /** Begins; the effects before are done when it settles. */
  warmUp(made: () => Promise<number>): Promise<void>;
  /** Lets the effects that are measured be done. */
  begin(): Promise<void>;
  /** Whether everything is written down. Asked on a connection to the contestant's database, one commit each. */
  finished(): Promise<boolean>;
};

/** Seconds within which any contestant is done. */
const LONGEST = 400;

/**
 * From the moment that the work is there until the last effect is on the network and written down, by a worker that has
 * been at it for a moment: neither side is charged for code that is compiled and plans that are made once. Commits are
 * counted over everything. Ends the worker.
 */
export async function measure(run: Run): Promise<Took> {
  const { server, database, sandbox, worker, effects, warm } = run;
  const outside = await openAsker(server.outside);
  const commits = async () => {
    await outside.ask('SELECT pg_stat_clear_snapshot()');
    const [row] = await outside.ask<{ n: string }>('SELECT xact_commit AS n FROM pg_stat_database WHERE datname = $1', [
      database,
    ]);
    return Number(row?.n);
  };
  const committedBefore = await commits();
  const made = async () => (await sandbox.control.counters()).creates.applied;
  await run.warmUp(made);
  const before = { made: await made(), worker: cpuOf(worker.pid), postgres: cpuOf(server.pid()) };
  const began = performance.now();
  await run.begin();
  await until('every effect is on the network', LONGEST, async () => (await made()) >= warm + effects);
  let ours = 1;
  await until('every effect is written down', LONGEST, () => {
    ours += 1;
    return run.finished();
  });
  const seconds = (performance.now() - began) / 1_000;
  const workerCpu = cpuOf(worker.pid) - before.worker;
  const postgresCpu = cpuOf(server.pid()) - before.postgres;
  const rssMib = peakRss(worker.pid);
  // Sessions say what they counted when they end.
  await worker.end();
  const committed = (await commits()) - committedBefore - ours;
  await outside.close();
  const measured = warm + effects - before.made;
  return {
    perSecond: measured / seconds,
    workerCpu: (workerCpu / measured) * 100_000,
    postgresCpu: (postgresCpu / measured) * 100_000,
    commitsPer1000: (committed / (warm + effects)) * 1_000,
    rssMib,
  };
}
