import { newId } from '@secateur/base';
import { Client } from 'pg';
import { inject } from 'vitest';
import { TEMPLATE } from './template.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The test server's address as its superuser, its database a template that nobody connects to. */
    postgres: string;
  }
}

/** Addresses of one database, by who signs in. */
export type DatabaseUrls = {
  /** The superuser: sees past row-level security, so only for arranging and checking. */
  admin: string;
  web: string;
  worker: string;
  /** Owner of graphile-worker's schemas. */
  queue: string;
};

export type TestDatabase = DatabaseUrls & {
  /** Drops it, ending whoever is still connected. */
  close(): Promise<void>;
};

/** A migrated, empty database of the caller's own: one per test file, made before all and closed after all. */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = inject('postgres');
  const name = `test_${newId().replaceAll('-', '')}`;
  // Copying the files is the faster strategy where the template is small.
  await onServer(server, `create database ${name} template ${TEMPLATE} strategy file_copy`);
  return {
    admin: address(server, name),
    web: address(server, name, 'secateur_web'),
    worker: address(server, name, 'secateur_worker'),
    queue: address(server, name, 'secateur_queue'),
    close: () => drop(server, name),
  };
}

/**
 * Sessions that were told to end may still be ending: PostgreSQL waits five seconds for them by itself. One that was killed
 * meanwhile would say so to a client that nobody listens to any more. Whoever stays beyond that is ended.
 */
async function drop(server: string, name: string): Promise<void> {
  try {
    await onServer(server, `drop database ${name}`);
  } catch {
    await onServer(server, `drop database ${name} with (force)`);
  }
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new Client(address(server, 'postgres'));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function address(server: string, database: string, role?: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  if (role) url.username = role;
  return url.href;
}
