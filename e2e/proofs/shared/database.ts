import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy, ensureDatabase } from '@secateur/db/migrate';
import { freePort, type Postgres, startPostgres } from '@secateur/db/server';
import pg from 'pg';

/** Addresses of one database, by who signs in. */
export type Urls = {
  admin: string;
  web: string;
  worker: string;
  queue: string;
  /** The file in which the database's trail is anchored. */
  anchor: string;
};

export type Server = {
  /** The postmaster: every process of the server is its child. */
  pid(): number;
  /** Where its files are, its log `server.log` among them. */
  dataDir(): string;
  /** An address of the server's own database, where nothing is measured. */
  readonly outside: string;
  /** A database of its own; migrated unless it is to be `empty`. */
  database(name: string, empty?: boolean): Promise<Urls>;
  drop(name: string): Promise<void>;
  /** Ends the server as `pg_ctl -m immediate` does, without a checkpoint, and starts it again. */
  crash(): Promise<void>;
  close(): Promise<void>;
};

const TEMPLATE = 'template_proof';

/** A PostgreSQL of the proof's own with settings as it comes, durable ones included, but for those given. */
export async function startServer(settings: Record<string, string> = {}): Promise<Server> {
  const dir = mkdtempSync(join(tmpdir(), 'secateur-proof-'));
  const anchors = mkdtempSync(join(tmpdir(), 'secateur-proof-anchors-'));
  const options = { dataDir: dir, port: await freePort(), settings: { max_connections: '300', ...settings } };
  let server: Postgres = await startPostgres(options);
  await ensureDatabase(server.url(TEMPLATE));
  await deploy(server.url(TEMPLATE));
  const ask = (sql: string) => once(server.url('postgres'), sql);
  return {
    pid: () => server.pid,
    dataDir: () => server.dataDir,
    outside: server.url('postgres'),
    async database(name, empty = false) {
      await ask(`create database ${name} template ${empty ? 'template0' : TEMPLATE}`);
      const url = (role?: string) => server.url(name, role);
      return {
        admin: url(),
        web: url('secateur_web'),
        worker: url('secateur_worker'),
        queue: url('secateur_queue'),
        anchor: join(anchors, `${name}.jsonl`),
      };
    },
    drop: (name) => ask(`drop database ${name} with (force)`),
    async crash() {
      process.kill(server.pid, 'SIGQUIT');
      await server.died;
      server = await startPostgres(options);
    },
    async close() {
      await server.stop();
      for (const path of [dir, server.dataDir, anchors]) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** One connection that asks one thing after the other. */
export type Asker = {
  ask<Row extends object = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

export async function openAsker(url: string): Promise<Asker> {
  const client = new pg.Client(url);
  // A server that is crashed on purpose takes the connection with it.
  client.on('error', () => {});
  await client.connect();
  return {
    ask: async <Row extends object>(sql: string, values: unknown[] = []) => (await client.query<Row>(sql, values)).rows,
    close: () => client.end(),
  };
}

async function once(url: string, sql: string): Promise<void> {
  const asker = await openAsker(url);
  await asker.ask(sql).finally(() => asker.close());
}
