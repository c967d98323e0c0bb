/**
 * Random worlds on three networks, and random shields in them, against the real domain, a real PostgreSQL and a sandbox over HTTP
 * with its limits on. People come to be the user's own after the plan, and the user blocks and unblocks by hand all the while:
 * every write is judged before it reaches its network, by what was done there.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startServer } from './shared/database.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';
import { shareOut } from './shared/share-out.ts';
import { BUGS, type BugName } from './spared/bugs.ts';
import { PROMISES, type Promised } from './spared/promises.ts';
import type { Step } from './spared/step.ts';

const names = Object.keys(BUGS) as BugName[];
if (process.argv.includes('--help')) {
  say('--worlds 500 --steps 40 --seed 1 --only 0 (one world by number) --processes 4 --bug NAME, one of:');
  for (const name of names) say(`  ${name}: ${BUGS[name].what} (breaks "${PROMISES[BUGS[name].breaks]}")`);
  process.exit(0);
}
const sizes = { worlds: 500, steps: 40, only: 0, processes: Math.min(4, availableParallelism()) };
const { worlds: last, steps, ...flags } = readFlags(sizes, names);
// A crash of the machine may lose this data: it is of no use afterwards.
const server = await startServer({ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
const begun = performance.now();
const script = fileURLToPath(new URL('./spared/child.ts', import.meta.url));
const wish = { ...flags, last, commands: steps };
const played = await shareOut<Promised, Step, BugName>(server, script, wish, (worlds, all) => {
  if (worlds % 10 === 0) say(`${worlds} worlds, ${all} steps`);
}).finally(() => server.close());
const { broken, histories: worlds, commands, processes, figures } = played;
if (broken) {
  say(`world ${broken.history} breaks "${PROMISES[broken.promise]}": ${broken.found}`);
  for (const step of broken.commands) say(`  ${JSON.stringify(step)}`);
  say(`again: npm run prove:spared -- --seed ${flags.seed} --only ${broken.history} --steps ${steps}`);
}
const seconds = Math.round((performance.now() - begun) / 1_000);
conclude({
  figures: {
    ...{ worlds, steps: commands, ...figures, seconds, worldsPerSecond: Number((worlds / seconds).toFixed(2)) },
    ...{ processes, seed: flags.seed, ...(broken ? { found: broken.found } : {}) },
  },
  broke: broken ? PROMISES[broken.promise] : null,
});
