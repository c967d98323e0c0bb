import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy, ensureDatabase } from '@secateur/db/migrate';
import { freePort, startPostgres } from '@secateur/db/server';
import type { TestProject } from 'vitest/node';
import { TEMPLATE } from './template.ts';

/** One PostgreSQL for the whole run, with one migrated database that every test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), 'secateur-test-'));
  const server = await startPostgres({ dataDir: dir, port: await freePort(), fast: true });
  const stop = async () => {
    await server.stop();
    for (const path of [dir, server.dataDir]) rmSync(path, { recursive: true, force: true });
  };
  try {
    const url = server.url(TEMPLATE);
    await ensureDatabase(url);
    await deploy(url);
    project.provide('postgres', url);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
