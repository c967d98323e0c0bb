import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask } from '../fixtures/scratch-database.ts';
import { freePort } from './free-port.ts';
import { type Postgres, startPostgres } from './postgres.ts';

let dataDir: string;
let running: Postgres | null;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'secateur-server-'));
  running = null;
});
afterEach(async () => {
  await running?.stop();
  rmSync(dataDir, { recursive: true });
});

async function start(options: { port?: number; password?: string } = {}): Promise<Postgres> {
  running = await startPostgres({ dataDir, port: await freePort(), fast: true, ...options });
  return running;
}

test('a server that was stopped has everything again when it starts', async () => {
  const first = await start();
  expect(first.fresh).toBe(true);
  await ask(first.url('postgres'), 'create table kept as select 7 as n');
  await first.stop();
  expect(existsSync(join(first.dataDir, 'postmaster.pid'))).toBe(false);
  const second = await start();
  expect(second.fresh).toBe(false);
  expect(await ask(second.url('postgres'), 'select n from kept')).toEqual([7]);
});

test('a server that was left behind is stopped before the next one starts', async () => {
  const left = await start();
  await ask(left.url('postgres'), 'create table kept as select 7 as n');
  const next = await start();
  await left.died;
  expect(await ask(next.url('postgres'), 'select n from kept')).toEqual([7]);
});

test('whoever does not know the password stays outside', async () => {
  const server = await start({ password: 'pass word/1' });
  expect(await ask(server.url('postgres'), 'select 1')).toEqual([1]);
  await expect(ask(server.url('postgres', 'postgres', 'another'), 'select 1')).rejects.toThrow('password');
});

test('a server that ends by itself says so', async () => {
  const server = await start();
  process.kill(server.pid, 'SIGINT');
  expect(await server.died).toContain('shut down');
});

test('a port that is taken is named by the server’s own words', async () => {
  const taken = createServer();
  await new Promise<void>((settle) => taken.listen(0, '127.0.0.1', settle));
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(start({ port })).rejects.toThrow('could not create any TCP/IP sockets');
  await new Promise((settle) => taken.close(settle));
});

test('the server listens on this machine alone', async () => {
  const server = await start();
  const lines = readFileSync(join(server.dataDir, 'postmaster.pid'), 'utf8').split('\n');
  expect(lines[5]).toBe('127.0.0.1');
});
