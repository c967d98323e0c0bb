import { join } from 'node:path';
import type { SealingKeys } from '@secateur/core/context';
import { WORKER_FLAGS } from '@secateur/launcher';
import { type Child, startChild } from './child.ts';
import type { Urls } from './database.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** The real worker, as the launcher starts it. */
const WORKER = join(ROOT, 'apps/worker/src/main.ts');
/** More than any proof asks of one host: its window is not what is measured. */
const MANY_REQUESTS = '100000000';

export type WorkerOptions = {
  urls: Urls;
  sandboxUrl: string;
  keys: SealingKeys;
  /** What is run instead of the real worker's main. */
  entry?: string;
  env?: Record<string, string>;
};

export type WorkerProcess = Child & { memberId: string };

/** A worker process that has joined the fleet and takes jobs. */
export async function startWorkerProcess(options: WorkerOptions): Promise<WorkerProcess> {
  const { urls, sandboxUrl, keys, entry = WORKER, env = {} } = options;
  const child = startChild({
    args: [...WORKER_FLAGS, entry],
    env: {
      DATABASE_URL: urls.worker,
      QUEUE_DATABASE_URL: urls.queue,
      SEALING_PUBLIC_KEY: keys.publicKey,
      SEALING_PRIVATE_KEY: keys.privateKey,
      BLUESKY_APPVIEW_URL: sandboxUrl,
      BLUESKY_PLC_URL: sandboxUrl,
      BLUESKY_ENTRYWAY_URL: sandboxUrl,
      CLOCK_URL: `${sandboxUrl}/clock`,
      WORKER_PORT: '0',
      HOST_REQUESTS: MANY_REQUESTS,
      ...env,
    },
  });
  const memberId = await child.line((line) => {
    const entry: { msg?: string; member?: string } = line.startsWith('{') ? JSON.parse(line) : {};
    return entry.msg === 'working' ? entry.member : undefined;
  });
  return { ...child, memberId };
}
