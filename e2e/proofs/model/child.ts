/** Plays its share of the sequences on a database of its own. Each line it prints is one JSON object. */
import { type Order, run } from './run.ts';
import { openStage, type Urls } from './stage.ts';

const { urls, order }: { urls: Urls; order: Order } = JSON.parse(process.argv[2] ?? '');
const tell = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);
const stage = await openStage(urls);
try {
  const broken = await run(stage, order, (commands) => tell({ commands }));
  tell({ done: true, broken });
} finally {
  await stage.close();
}
