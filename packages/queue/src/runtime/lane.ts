import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Handlers } from '../handler.ts';
import { type Lane, schemaOf } from '../lane.ts';
import { createAlarm } from './alarm.ts';
import { graphileLogger, inShort, type Log } from './log.ts';
import type { FleetMember } from './member.ts';
import { openPool } from './pool.ts';
import { type JobHooks, taskOf } from './task.ts';

export type LaneOptions = {
  lane: Lane;
  /** Postgres itself, past any pooler (graphile-worker listens), as the role secateur_queue. */
  queueUrl: string;
  /** Jobs at a time. */
  concurrency: number;
  handlers: Handlers;
  member: FleetMember;
  log: Log;
  hooks?: JobHooks;
  /** Milliseconds between looks for retries that have come due; new jobs are notified. */
  pollMs?: number;
  /** Milliseconds that running jobs get to end by themselves when the lane stops, before they are told to. */
  graceMs?: number;
};

export type RunningLane = {
  /** Takes no more jobs; settles when the running ones have ended and what became of them is written. */
  stop(): Promise<void>;
  /** Settles when the lane has ended, because of `stop` or because this process was taken for dead. */
  ended: Promise<void>;
};

const POLL_MS = 1_000;
const GRACE_MS = 5_000;
/** Milliseconds until a lane that ended by itself, as it does when Postgres restarts, is started again. */
const RESTART_MS = 250;
/** Milliseconds between two questions whether we count as alive. */
const DOUBT_MS = 100;
/** Connections for taking and completing jobs, beside the one that listens. Each is used for a millisecond a job. */
const CONNECTIONS = 6;

/**
 * Works off a lane until it is stopped. Throws when it cannot start; once started it outlives restarts of Postgres.
 *
 * Jobs are taken one by one: a local queue would hide newer, more urgent jobs behind those it holds. Completions within
 * the same turn of the event loop share a statement, without delay; that also makes graphile-worker wait for them
 * before it ends, and not die of a rejection when one fails.
 */
export async function startLane(options: LaneOptions): Promise<RunningLane> {
  const { lane, queueUrl, concurrency, handlers, member, log, hooks = {} } = options;
  const schema = schemaOf(lane);
  const bindings = [...handlers.values()].filter(({ job }) => job.lane === lane);
  if (bindings.length === 0) return idleLane(lane, log);
  const pool = openPool(queueUrl, `secateur ${lane}`, Math.min(concurrency, CONNECTIONS) + 1, log);
  const alarm = createAlarm();
  let stopping = false;
  let running: Runner | null = null;

  /** Begins to take jobs under that name. */
  async function launch(poolId: string): Promise<Runner> {
    const aborting = new AbortController();
    const context = {
      lane,
      member,
      log,
      hooks,
      signal: AbortSignal.any([aborting.signal, member.lost]),
      async handBack(jobId: string) {
        await pool.query(
          `update ${schema}._private_jobs
           set attempts = greatest(attempts - 1, 0), locked_by = null, locked_at = null, updated_at = now()
           where id = $1 and locked_by = $2`,
          [jobId, poolId],
        );
      },
    };
    const tasks: TaskList = Object.fromEntries(bindings.map((binding) => [binding.name, taskOf(binding, context)]));
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:create', ({ workerPool }) => {
      // graphile-worker makes up an id. This event comes before its first worker, so no job is ever locked under
      // a name that the fleet does not know.
      workerPool.id = poolId;
      workerPool.abortSignal.addEventListener('abort', () => aborting.abort(workerPool.abortSignal.reason));
    });
    return run({
      pgPool: pool,
      schema,
      taskList: tasks,
      parsedCronItems: [],
      concurrency,
      events,
      noHandleSignals: true,
      logger: graphileLogger(log),
      // Asked before each job is taken. A process that others may have taken for dead takes none until it knows.
      async forbiddenFlags() {
        while (!(await member.confirm()) && !member.lost.aborted && !stopping) await pause(DOUBT_MS);
        return null;
      },
      preset: {
        worker: {
          pollInterval: options.pollMs ?? POLL_MS,
          gracefulShutdownAbortTimeout: options.graceMs ?? GRACE_MS,
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
    });
  }

  async function keep(poolId: string): Promise<void> {
    let name: string | null = poolId;
    while (running && name) {
      await running.promise.catch((error: unknown) => log.warn({ lane, error: inShort(error) }, 'a lane ended'));
      running = null;
      name = await begunAgain(name);
    }
    member.lost.removeEventListener('abort', halt);
    await pool.end();
  }

  /** Starts the lane under a new name once what it left under the old one is given back; null when it is to end. */
  async function begunAgain(left: string): Promise<string | null> {
    let retired = false;
    let name: string | null = null;
    while (!member.lost.aborted) {
      if (!stopping) await alarm.wait(RESTART_MS);
      try {
        // Completions that Postgres did not take are still locked, and as long as we live nobody else unlocks them.
        if (!retired) await member.retire(left);
        retired = true;
        if (stopping) return null;
        log.warn({ lane }, 'a lane ended by itself; starting it again');
        name ??= await member.register(lane);
        running = await launch(name);
        if (stopping || member.lost.aborted) halt();
        return name;
      } catch (error) {
        log.warn({ lane, error: inShort(error) }, 'could not start a lane again');
        // Leaving the fleet gives back what is still registered.
        if (stopping) return null;
      }
    }
    return null;
  }

  /** Stopping twice is refused by graphile-worker; the second time there is nothing to do. */
  function halt(): void {
    running?.stop().catch(() => {});
  }

  const name = await member.register(lane);
  try {
    running = await launch(name);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const ended = keep(name);
  member.lost.addEventListener('abort', halt);
  return {
    ended,
    async stop() {
      stopping = true;
      alarm.ring();
      halt();
      await ended;
    },
  };
}

/** A lane that has no jobs yet. graphile-worker would call that an error, at every poll of every slot. */
function idleLane(lane: Lane, log: Log): RunningLane {
  log.info({ lane }, 'no job belongs to this lane');
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    ended: promise,
    async stop() {
      resolve();
    },
  };
}
