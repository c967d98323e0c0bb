import type pg from 'pg';
import { LANES, schemaOf } from '../lane.ts';

const unlock = LANES.flatMap((lane) => [
  `${lane}_jobs as (
    update ${schemaOf(lane)}._private_jobs
    set attempts = greatest(attempts - 1, 0), locked_by = null, locked_at = null, updated_at = now()
    where locked_by = any($1::text[]) returning 1)`,
  `${lane}_queues as (
    update ${schemaOf(lane)}._private_job_queues
    set locked_by = null, locked_at = null
    where locked_by = any($1::text[]) returning 1)`,
]).join(', ');

// graphile-worker's own force_unlock_workers leaves the attempt spent: a job killed on its last one would never run
// again. The notification is the one that its workers listen for, so that they need not wait for their next poll.
const GIVE_BACK = `
  with ${unlock},
  total as (select ${LANES.map((lane) => `(select count(*) from ${lane}_jobs)`).join(' + ')} as jobs)
  select jobs::int, case when jobs > 0 then
    pg_notify('jobs:insert', json_build_object('r', random()::text, 'count', jobs)::text)
  end from total`;

/**
 * Gives the jobs that these pools hold back to their lanes, as if they had never been taken. For pools that will never
 * complete a job again. Returns how many jobs.
 */
export async function giveBack(client: pg.ClientBase | pg.Pool, poolIds: readonly string[]): Promise<number> {
  if (poolIds.length === 0) return 0;
  const { rows } = await client.query<{ jobs: number }>(GIVE_BACK, [poolIds]);
  return rows[0]?.jobs ?? 0;
}
