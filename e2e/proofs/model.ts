/**
 * Random sequences of everything that users, members, workers and networks do, against the real domain, a real PostgreSQL
 * and a sandbox over HTTP with its limits on; after each, what the network holds is compared with a simple model.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { BUGS, type BugName } from './model/bugs.ts';
import { PROMISES } from './model/promises.ts';
import type { Broken } from './model/run.ts';
import { startChild } from './shared/child.ts';
import { startServer } from './shared/database.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';

type Message = { commands?: number; done?: true; broken?: Broken | null };

const names = Object.keys(BUGS) as BugName[];
if (process.argv.includes('--help')) {
  say('--sequences 1000 --commands 60 --seed 1 --only 0 (one sequence by number) --processes 4 --bug NAME, one of:');
  for (const name of names) say(`  ${name}: ${BUGS[name].what} (breaks ${PROMISES[BUGS[name].breaks]})`);
  process.exit(0);
}
const sizes = { sequences: 1_000, commands: 60, only: 0, processes: Math.min(4, availableParallelism()) };
const { only, ...flags } = readFlags(sizes, names);
const processes = only > 0 ? 1 : Math.min(flags.processes, flags.sequences);
// A crash of the machine may lose this data: it is of no use afterwards.
const server = await startServer({ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
let sequences = 0;
let commands = 0;
let broken: Broken | null = null;
const begun = performance.now();
try {
  const children = await Promise.all(Array.from({ length: processes }, (_, n) => start(n)));
  const first = await Promise.race([Promise.all(children.map((c) => c.ended)), ...children.map((c) => c.broke)]);
  broken = Array.isArray(first) ? null : first;
  await Promise.all(children.map((c) => c.end()));
} finally {
  await server.close();
}
if (broken) {
  say(`sequence ${broken.sequence} breaks "${PROMISES[broken.promise]}": ${broken.found}`);
  for (const command of broken.commands) say(`  ${JSON.stringify(command)}`);
  say(`again: npm run prove:model -- --seed ${flags.seed} --only ${broken.sequence} --commands ${flags.commands}`);
}
const seconds = Math.round((performance.now() - begun) / 1_000);
conclude({
  figures: { sequences, commands, seconds, processes, seed: flags.seed, ...(broken ? { found: broken.found } : {}) },
  broke: broken ? PROMISES[broken.promise] : null,
});

/** Starts a process with its share of the work. */
async function start(n: number) {
  const urls = await server.database(`model_${n}`);
  const order = {
    seed: flags.seed,
    from: only > 0 ? only : n + 1,
    every: only > 0 ? 1 : processes,
    sequences: only > 0 ? only : flags.sequences,
    commands: flags.commands,
    bug: flags.bug,
  };
  const path = fileURLToPath(new URL('./model/child.ts', import.meta.url));
  const child = startChild({ args: [path, JSON.stringify({ urls, order })], env: {} });
  const ended = child.line((line) => {
    const message: Message = JSON.parse(line);
    if (message.commands !== undefined) count(message.commands);
    return message.done ? { broken: message.broken ?? null } : undefined;
  });
  // Settles only when a promise was broken: the others need not be waited for then.
  const broke = new Promise<Broken>((settle, fail) => {
    ended.then((e) => e.broken && settle(e.broken), fail);
  });
  return { ended, broke, end: () => child.end() };
}

function count(played: number): void {
  sequences += 1;
  commands += played;
  if (sequences % 10 === 0) say(`${sequences} sequences, ${commands} commands`);
}
