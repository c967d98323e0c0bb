import pg from 'pg';
import { inShort, type Log } from './log.ts';

/** A pool whose lost connections are logged and replaced instead of ending the process. */
export function openPool(url: string, name: string, max: number, log: Log): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, application_name: name, max });
  const lost = (error: Error) => log.warn({ pool: name, error: inShort(error) }, 'lost a connection to Postgres');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}
