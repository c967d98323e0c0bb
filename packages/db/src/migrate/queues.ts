import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { openPool } from '../pool.ts';

/** One schema of graphile-worker for each lane, so that no lane waits behind another's table. */
export const QUEUE_SCHEMAS = ['queue_critical', 'queue_standard', 'queue_background'] as const;

const OWNER = 'secateur_queue';
/** Key of the advisory lock under which queues are installed; any number that nothing else uses. */
const LOCK = 7_270_001;

/**
 * Installs graphile-worker in every lane's schema as the role that will own it. That role may create schemas only while
 * this runs.
 */
export async function installQueues(url: string): Promise<void> {
  const admin = new pg.Client(url);
  await admin.connect();
  const pool = openPool({ connectionString: url, max: 2, options: `-c role=${OWNER}` });
  try {
    await admin.query('select pg_advisory_lock($1)', [LOCK]);
    const database = pg.escapeIdentifier(String(admin.database));
    await admin.query(`grant ${OWNER} to current_user`);
    await admin.query(`grant create on database ${database} to ${OWNER}`);
    for (const schema of QUEUE_SCHEMAS) await runMigrations({ pgPool: pool, schema, logger: quiet });
    await admin.query(`revoke create on database ${database} from ${OWNER}`);
  } finally {
    await pool.end();
    await admin.end();
  }
}

const quiet = new Logger(() => () => {});
