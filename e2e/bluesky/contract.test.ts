import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startPostgres } from '@secateur/db/server';
import { contract } from '@secateur/networks/contract';
import { realWorld } from './world.ts';

contract(
  'Bluesky, the real servers',
  {
    keyed: true,
    keepsFollows: true,
    passwords: true,
    oauth: true,
    renewing: true,
    finerConsent: true,
    putAway: true,
    quotes: true,
    showsPosts: true,
    exactCounts: false,
    timedMutes: false,
    bindsCodes: true,
    foretellsEnd: true,
    looksUpFirst: true,
    blocks: true,
  },
  async () => {
    const dataDir = mkdtempSync(join('/var/tmp', 'secateur-bluesky-pg-'));
    const postgres = await startPostgres({ dataDir, port: await freePort(), fast: true });
    const world = await realWorld(postgres.url('postgres'));
    return {
      ...world,
      close: async () => {
        await world.close();
        await postgres.stop();
        rmSync(postgres.dataDir, { recursive: true, force: true });
      },
    };
  },
);
