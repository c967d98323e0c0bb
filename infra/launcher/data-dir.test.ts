import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeDataDir } from './data-dir.ts';
import { readSettings } from './env.ts';
import { loadSecrets } from './secrets.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'secateur-data-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('two launchers do not share a data directory', () => {
  const release = takeDataDir(dir);
  expect(() => takeDataDir(dir)).toThrow(`already runs on ${dir}`);
  release();
  takeDataDir(dir)();
});

test('a launcher that was killed does not keep its directory', () => {
  // The number is ours, the start time is not: the process that wrote this is gone.
  writeFileSync(join(dir, 'launcher'), `${process.pid} 1`);
  expect(() => takeDataDir(dir)).not.toThrow();
});

test('secrets are made once and only their owner reads them', () => {
  const first = loadSecrets(dir);
  expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(loadSecrets(dir)).toEqual(first);
  expect(new Set(Object.values(first)).size).toBe(Object.values(first).length);
  expect(Buffer.from(first.sealingPublicKey, 'base64url')).toHaveLength(32);
  expect(Buffer.from(first.sealingPrivateKey, 'base64url')).toHaveLength(32);
  expect(first.workerKeys).toMatch(/^first:[\w-]{43}$/);
});

test('a port that is none is refused by its name', () => {
  expect(() => readSettings({ WORKER_PORT: '70000' })).toThrow('WORKER_PORT is "70000"');
  expect(readSettings({ PORT: '3500', DATA_DIR: dir })).toMatchObject({
    dataDir: dir,
    ports: { web: 3500, sandbox: 3421 },
  });
});
