import pg from 'pg';

/**
 * A pool of connections that outlives the loss of any of them. `onLost` is told; the pool replaces the connection by
 * itself. Without both handlers a lost connection, idle or in use, would end the process.
 */
export function openPool(config: pg.PoolConfig, onLost: (error: Error) => void = () => {}): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', onLost);
  pool.on('connect', (client) => client.on('error', onLost));
  return pool;
}
