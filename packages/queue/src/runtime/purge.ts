import type pg from 'pg';
import { LANES, schemaOf } from '../lane.ts';

/**
 * Deletes jobs that have failed for good a day ago. graphile-worker keeps them for ever, and its tables are fast only
 * while they are small; whatever they were about has its own row.
 */
export async function purgeFailed(client: pg.Client): Promise<void> {
  for (const lane of LANES) {
    await client.query(
      `delete from ${schemaOf(lane)}._private_jobs
       where attempts >= max_attempts and locked_at is null and updated_at < now() - interval '1 day'`,
    );
  }
}
