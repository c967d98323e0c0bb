import { join } from 'node:path';
import type { KeyTexts } from '@secateur/core/testing';
import { WORKER_FLAGS, WORKER_MEMORY } from '@secateur/launcher';
import { type Child, startChild } from './child.ts';
import type { Urls } from './database.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** The real worker, as the launcher starts it. */
const WORKER = join(ROOT, 'apps/worker/src/main.ts');
const BUGGY = join(import.meta.dirname, 'buggy-worker.ts');
/** More than any proof asks of one host: its window is not what is measured. */
const MANY_REQUESTS = '100000000';

/** What every proof's trails are keyed with. */
export const KEY: Buffer = Buffer.alloc(32, 'proof');

export type WorkerOptions = {
  urls: Urls;
  sandboxUrl: string;
  keys: KeyTexts;
  /** A fault seeded into it: see buggy-worker.ts. */
  bug?: string | null;
  env?: Record<string, string>;
  /** Told every line of its log. */
  heard?: (line: string) => void;
};

export type WorkerProcess = Child & { memberId: string };

/** A worker process that has joined the fleet and takes jobs. */
export async function startWorkerProcess(options: WorkerOptions): Promise<WorkerProcess> {
  const { urls, sandboxUrl, keys, bug = null, env = {}, heard } = options;
  const child = startChild({
    args: [...WORKER_FLAGS, bug === null ? WORKER : BUGGY],
    env: {
      ...WORKER_MEMORY,
      DATABASE_URL: urls.worker,
      QUEUE_DATABASE_URL: urls.queue,
      SEALING_PRIVATE_KEYS: keys.privateKeys,
      WORKER_KEYS: keys.workerKeys,
      BLUESKY_APPVIEW_URL: sandboxUrl,
      BLUESKY_PLC_URL: sandboxUrl,
      BLUESKY_ENTRYWAY_URL: sandboxUrl,
      CLOCK_URL: `${sandboxUrl}/clock`,
      TRAIL_ANCHOR: urls.anchor,
      TRAIL_KEY: KEY.toString('base64url'),
      WORKER_PORT: '0',
      HOST_REQUESTS: MANY_REQUESTS,
      BUG: bug ?? '',
      ...env,
    },
    ...(heard ? { heard } : {}),
  });
  const memberId = await child.line((line) => {
    const entry: { msg?: string; member?: string } = line.startsWith('{') ? JSON.parse(line) : {};
    return entry.msg === 'working' ? entry.member : undefined;
  });
  return { ...child, memberId };
}
