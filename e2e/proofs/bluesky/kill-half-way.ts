import type { RealBlueskyControl } from '../../bluesky/control.ts';
import { openAsker } from '../shared/database.ts';
import { until } from '../shared/until.ts';
import type { WorkerProcess } from '../shared/worker.ts';

export type Scene = {
  control: RealBlueskyControl;
  adminUrl: string;
  did: string;
  workers: WorkerProcess[];
  /** Lets the workers begin. */
  begin(): void;
};

/**
 * Kills the worker that acts for the account at the worst moment: its first batch is on the network and nobody was told. A
 * lock on the audit, which only a report writes to, keeps the answer from being written down. Returns how many records it made.
 */
export async function killHalfWay({ control, adminUrl, did, workers, begin }: Scene): Promise<number> {
  const before = (await control.blocks(did)).length;
  const lock = await openAsker(adminUrl);
  try {
    await lock.ask('BEGIN');
    await lock.ask('LOCK TABLE audit IN SHARE MODE');
    begin();
    await until('a batch is on the network', 60, async () => (await control.blocks(did)).length > before);
    const [account] = await lock.ask<{ holder: string | null }>('SELECT holder FROM network_accounts');
    const doomed = workers.find((w) => w.memberId === account?.holder);
    if (!doomed) throw new Error('nobody acts for the account');
    workers.splice(workers.indexOf(doomed), 1);
    await doomed.end('SIGKILL');
    return (await control.blocks(did)).length - before;
  } finally {
    await lock.close();
  }
}
