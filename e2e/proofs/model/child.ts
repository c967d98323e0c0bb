/** Plays its share of the sequences on a database of its own. */
import { playShare } from '../shared/share-out.ts';
import type { BugName } from './bugs.ts';
import type { Command } from './command.ts';
import type { Promised } from './promises.ts';
import { run } from './run.ts';
import { openStage } from './stage.ts';

await playShare<Promised, Command, BugName>(async (urls, order, progress) => {
  const stage = await openStage(urls);
  try {
    return await run(stage, order, progress);
  } finally {
    await stage.close();
  }
});
