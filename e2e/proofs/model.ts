/**
 * Random sequences of everything that users, members, workers and networks do, against the real domain, a real PostgreSQL
 * and a sandbox over HTTP with its limits on; after each, what the network holds is compared with a simple model.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { BUGS, type BugName } from './model/bugs.ts';
import type { Command } from './model/command.ts';
import { PROMISES, type Promised } from './model/promises.ts';
import { startServer } from './shared/database.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';
import { shareOut } from './shared/share-out.ts';

const names = Object.keys(BUGS) as BugName[];
if (process.argv.includes('--help')) {
  say('--sequences 1000 --commands 60 --seed 1 --only 0 (one sequence by number) --processes 4 --bug NAME, one of:');
  for (const name of names) say(`  ${name}: ${BUGS[name].what} (breaks ${PROMISES[BUGS[name].breaks]})`);
  process.exit(0);
}
const sizes = { sequences: 1_000, commands: 60, only: 0, processes: Math.min(4, availableParallelism()) };
const { sequences: last, ...flags } = readFlags(sizes, names);
// A crash of the machine may lose this data: it is of no use afterwards.
const server = await startServer({ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
const begun = performance.now();
const script = fileURLToPath(new URL('./model/child.ts', import.meta.url));
const played = await shareOut<Promised, Command, BugName>(server, script, { ...flags, last }, (sequences, commands) => {
  if (sequences % 10 === 0) say(`${sequences} sequences, ${commands} commands`);
}).finally(() => server.close());
const { broken, histories: sequences, commands, processes } = played;
if (broken) {
  say(`sequence ${broken.history} breaks "${PROMISES[broken.promise]}": ${broken.found}`);
  for (const command of broken.commands) say(`  ${JSON.stringify(command)}`);
  say(`again: npm run prove:model -- --seed ${flags.seed} --only ${broken.history} --commands ${flags.commands}`);
}
const seconds = Math.round((performance.now() - begun) / 1_000);
conclude({
  figures: { sequences, commands, seconds, processes, seed: flags.seed, ...(broken ? { found: broken.found } : {}) },
  broke: broken ? PROMISES[broken.promise] : null,
});
