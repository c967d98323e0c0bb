import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bound, freePort } from '@secateur/db/server';
import pg from 'pg';
import { until } from '../shared/until.ts';
import { pgbouncer } from './binary.ts';

export type Pooler = { url: string; close(): Promise<void> };

/**
 * PgBouncer before one database, sharing a few server connections out by transaction among however many clients come.
 * Whatever a session was told stays with the server's connection, as it does wherever transactions are pooled.
 */
export async function startPooler(to: string, servers: number): Promise<Pooler> {
  const { command, env } = pgbouncer();
  const dir = mkdtempSync(join(tmpdir(), 'secateur-pooler-'));
  const port = await freePort();
  const { hostname, port: toPort, username, pathname } = new URL(to);
  const settings = join(dir, 'pgbouncer.ini');
  writeFileSync(
    settings,
    [
      '[databases]',
      `pooled = host=${hostname} port=${toPort} dbname=${pathname.slice(1)} user=${username}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = any',
      'pool_mode = transaction',
      `default_pool_size = ${servers}`,
      'max_client_conn = 500',
      'server_reset_query =',
      'log_connections = 0',
      'log_disconnections = 0',
      '',
    ].join('\n'),
  );
  chmodSync(dir, 0o755);
  // It refuses to run as root, and lets itself be told as whom to run instead.
  const account = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const [first, ...args] = bound('TERM', [command, '-q', ...account, settings]);
  const child = spawn(first, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const gone = new Promise<void>((settle) => child.once('exit', () => settle()));
  const url = `postgresql://${username}@127.0.0.1:${port}/pooled`;
  const close = async () => {
    child.kill('SIGTERM');
    await gone;
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await until('the pooler answers', 10, async () => {
      if (child.exitCode !== null) throw new Error(`PgBouncer ended: ${said}`);
      return answers(url);
    });
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client(url);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
