import type pg from 'pg';
import type { EnqueueTx } from '../enqueue.ts';
import { LANES, schemaOf } from '../lane.ts';
import { giveBack } from './give-back.ts';
import { createLink } from './link.ts';
import { inShort, type Log } from './log.ts';
import { DEAD_AFTER_MS } from './member.ts';
import { purgeFailed } from './purge.ts';
import { sqlTx } from './sql-tx.ts';
import { startTicker, type Ticker } from './ticker.ts';

/** Milliseconds between two looks at the fleet, and at what only rare accidents leave behind. */
const EVERY_MS = 500;
const TIDY_EVERY_MS = 10_000;
/** Milliseconds after which a sweeper that was stopped in the middle is rolled back. */
const SILENCE_MS = 3_000;

/** `gone`: its lock is free. `stalled`: it holds its lock but has not beaten for too long. */
export type Death = {
  readonly memberId: string;
  readonly name: string;
  readonly why: 'gone' | 'stalled';
  jobs: number;
};

export type SweeperOptions = {
  /** Postgres itself, past any pooler, as the role secateur_queue. */
  url: string;
  log: Log;
  /** Clears what our own rows say the dead member held, in the transaction that gives its jobs back. */
  onDead(memberId: string, tx: EnqueueTx): Promise<void>;
  /** Told after that transaction, for metrics. */
  swept?: (death: Death) => void;
  everyMs?: number;
  deadAfterMs?: number;
};

type Suspect = { member_id: string; name: string; pool_ids: string[]; why: Death['why'] | null };

// A free lock proves death only when the member held it after the last start of Postgres, since a start frees the locks
// of the living too; a beat proves that it held it. Silence counts from when we could have heard something: not before
// that start, nor before this connection.
const SUSPECTS = `
  with since as (
    select greatest(e.began, pg_postmaster_start_time()) as began, s.backend_start as listening
    from queue.era e, pg_stat_get_activity(pg_backend_pid()) s)
  select f.member_id, f.name, f.pool_ids, case
    when f.beat_at > since.began and pg_try_advisory_xact_lock(f.lock_key) then 'gone'
    when clock_timestamp() - greatest(f.beat_at, since.began, since.listening) > make_interval(secs => $1::float8 / 1000)
      then 'stalled' end as why
  from queue.fleet f, since`;

// Postgres finishes what a killed process had sent it, so a job may be taken in the name of a member already swept.
const ORPHANS = `
  select distinct locked_by from (
    ${LANES.flatMap((lane) => [`${schemaOf(lane)}._private_jobs`, `${schemaOf(lane)}._private_job_queues`])
      .map((table) => `select locked_by from ${table} where locked_by like 'member:%'`)
      .join(' union all ')}) held
  where not exists (select from queue.fleet f where held.locked_by = any(f.pool_ids))`;

/**
 * Watches the fleet, in one process at a time: what a dead member held goes back to the lanes with its attempt given
 * back, within about a second of a kill and `deadAfterMs` of a stall.
 */
export function startSweeper(options: SweeperOptions): Ticker {
  const { url, log, onDead, swept, everyMs = EVERY_MS, deadAfterMs = DEAD_AFTER_MS } = options;
  const link = createLink({ url, name: 'secateur sweep', silenceMs: SILENCE_MS });
  let tidyAt = 0;

  async function sweep(client: pg.Client, memberId: string): Promise<Death | null> {
    await client.query('begin');
    try {
      const { rows } = await client.query<Suspect>(`${SUSPECTS} where f.member_id = $2 for update of f`, [
        deadAfterMs,
        memberId,
      ]);
      const [suspect] = rows;
      if (!suspect?.why) {
        await client.query('rollback');
        return null;
      }
      const jobs = await giveBack(client, suspect.pool_ids);
      await onDead(memberId, sqlTx(client));
      await client.query('delete from queue.fleet where member_id = $1', [memberId]);
      await client.query('commit');
      return { memberId, name: suspect.name, why: suspect.why, jobs };
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    }
  }

  async function tidy(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ locked_by: string }>(ORPHANS);
    const jobs = await giveBack(
      client,
      rows.map((row) => row.locked_by),
    );
    if (jobs > 0) log.warn({ jobs }, 'gave back jobs that nobody alive had taken');
    await purgeFailed(client);
  }

  async function look(client: pg.Client): Promise<void> {
    await client.query('insert into queue.era default values on conflict do nothing');
    const { rows } = await client.query<Suspect>(SUSPECTS, [deadAfterMs]);
    for (const { member_id, why } of rows) {
      if (!why) continue;
      try {
        const death = await sweep(client, member_id);
        if (!death) continue;
        log.warn({ ...death }, 'swept a dead member');
        swept?.(death);
      } catch (error) {
        log.error({ member: member_id, err: error, error: inShort(error) }, 'could not sweep a dead member');
      }
    }
    if (performance.now() < tidyAt) return;
    tidyAt = performance.now() + TIDY_EVERY_MS;
    await tidy(client);
  }

  const ticker = startTicker({ url, name: 'sweeper', everyMs, log, tick: () => link.use(look) });
  return {
    async stop() {
      await ticker.stop();
      await link.close();
    },
  };
}
