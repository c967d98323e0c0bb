import { type Handlers, LANES } from '@secateur/queue';
import pg from 'pg';
import { bindJobs } from '../catalogue/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { wakeDue } from '../fleet/index.ts';

type Job = { name: string; payload: unknown };

/** Runs jobs one after the other in this process, as a worker would, without waiting for anything. */
export type Drain = {
  /** Runs what waits and what is due until there is nothing left. Throws what a job throws. */
  run(): Promise<void>;
  /** Runs at most one waiting job; false when none waits. */
  step(): Promise<boolean>;
  close(): Promise<void>;
};

/** More jobs than any scenario needs: past this something wakes itself for ever. */
const MOST = 5_000;

/** `queueUrl` signs in as the owner of the queue's tables. */
export function createDrain(ctx: WorkerContext, queueUrl: string): Drain {
  const pool = new pg.Pool({ connectionString: queueUrl, max: 1 });
  const handlers = bindJobs(ctx);
  const step = async (): Promise<boolean> => {
    const job = await take(pool);
    if (!job) return false;
    await handle(handlers, ctx, job);
    return true;
  };
  return {
    step,
    async run() {
      for (let done = 0; done < MOST; done += 1) {
        if (await step()) continue;
        if ((await wakeDue(ctx)) === 0) return;
      }
      throw new Error('jobs keep coming');
    },
    close: () => pool.end(),
  };
}

async function take(pool: pg.Pool): Promise<Job | null> {
  for (const lane of LANES) {
    const schema = `queue_${lane}`;
    const { rows } = await pool.query<Job>(
      `WITH gone AS (
         DELETE FROM ${schema}._private_jobs WHERE id = (SELECT id FROM ${schema}._private_jobs ORDER BY priority, id LIMIT 1)
         RETURNING task_id, payload)
       SELECT t.identifier AS name, gone.payload FROM gone JOIN ${schema}._private_tasks t ON t.id = gone.task_id`,
    );
    if (rows[0]) return rows[0];
  }
  return null;
}

async function handle(handlers: Handlers, ctx: WorkerContext, job: Job): Promise<void> {
  const binding = handlers.get(job.name);
  if (!binding) throw new Error(`nobody does ${job.name}`);
  const signal = new AbortController().signal;
  const ended = binding.handle(job.payload, { jobId: '0', attempt: 1, maxAttempts: 1, memberId: ctx.memberId, signal });
  if ('unfit' in ended) throw new Error(`${job.name}: ${ended.unfit.join(', ')}`);
  await ended;
}
