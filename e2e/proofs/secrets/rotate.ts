import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type KeyTexts, makeKeys } from '@secateur/core/testing';
import type { Urls } from '../shared/database.ts';
import { until } from '../shared/until.ts';
import { KEY } from '../shared/worker.ts';
import type { Stage } from './stage.ts';

const KEYS = join(import.meta.dirname, '../../../apps/worker/src/keys.ts');
const SECONDS = 120;

/** The operator's command, with a worker's environment. Returns what it says. */
export async function keysCommand(urls: Urls, keys: KeyTexts, ...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    DATABASE_URL: urls.worker,
    QUEUE_DATABASE_URL: urls.queue,
    SEALING_PRIVATE_KEYS: keys.privateKeys,
    WORKER_KEYS: keys.workerKeys,
    TRAIL_KEY: KEY.toString('base64url'),
    TRAIL_ANCHOR: urls.anchor,
  };
  const { stdout } = await promisify(execFile)(process.execPath, [KEYS, ...args], {
    env,
    timeout: SECONDS * 1_000,
  });
  return stdout;
}

/**
 * One rotation of everything, as docs/secrets.md tells an operator to do it, while workers work and members come and go. With
 * `early` the old keys are taken away at once. Returns the new keys.
 */
export async function rotate(stage: Stage, urls: Urls, old: KeyTexts, name: string, early: boolean): Promise<KeyTexts> {
  const { fleet, front, admin, say } = stage;
  const fresh: KeyTexts = { ...makeKeys() };
  fresh.workerKeys = fresh.workerKeys.replace(/^\w+:/, `${name}:`);
  const oldName = old.workerKeys.split(':')[0];
  if (early) {
    await fleet.roll(fresh);
    await front.sealTo(fresh.publicKey);
    say('the old keys were taken away at once');
    return fresh;
  }
  await fleet.roll({
    publicKey: old.publicKey,
    workerKeys: `${old.workerKeys},${fresh.workerKeys}`,
    privateKeys: `${old.privateKeys},${fresh.privateKeys}`,
  });
  const both: KeyTexts = {
    publicKey: fresh.publicKey,
    workerKeys: `${fresh.workerKeys},${old.workerKeys}`,
    privateKeys: `${fresh.privateKeys},${old.privateKeys}`,
  };
  await fleet.roll(both);
  await front.sealTo(fresh.publicKey);
  await keysCommand(urls, both, 'renew');
  const oldId = await idOf(urls, old);
  await until('nothing is sealed under the old keys', SECONDS, async () => {
    const said = await keysCommand(urls, both, 'show');
    const { rows } = await admin.query(
      'SELECT FROM tenant_keys WHERE superseded_at IS NOT NULL AND shredded_at IS NULL',
    );
    return !said.includes(`  ${oldName}: `) && !said.includes(`  ${oldId}: `) && rows.length === 0;
  });
  await fleet.roll(fresh);
  say(`rotated to ${name}: nothing is sealed under the old keys, and they are gone`);
  return fresh;
}

async function idOf(urls: Urls, keys: KeyTexts): Promise<string> {
  return /SEALING_PRIVATE_KEYS: (\w+)/.exec(await keysCommand(urls, keys, 'show'))?.[1] ?? '';
}
