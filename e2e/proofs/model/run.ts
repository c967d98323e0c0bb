import { type BugName, bugOf, seed as seedBug } from './bugs.ts';
import type { Command } from './command.ts';
import { generate } from './generate.ts';
import { randomOf } from './random.ts';
import { type Failure, playSequence } from './sequence.ts';
import type { Stage } from './stage.ts';

export type Order = {
  seed: number;
  from: number;
  every: number;
  sequences: number;
  commands: number;
  bug: BugName | null;
};
export type Broken = Failure & { sequence: number; commands: Command[] };

/** Milliseconds for which a failing sequence is played again and again to make it shorter. */
const SHORTENING = 60_000;

/** Plays every `every`th sequence from `from`; stops at the first that breaks a promise, and makes that one short. */
export async function run(stage: Stage, order: Order, progress: (played: number) => void): Promise<Broken | null> {
  await seedBug(stage.admin, bugOf(order.bug));
  for (let n = order.from; n <= order.sequences; n += order.every) {
    const seed = `${order.seed}:${n}`;
    const commands = generate(randomOf(seed), order.commands);
    const failure = await playSequence(stage, { seed, commands, bug: order.bug });
    if (failure) return { sequence: n, ...(await shorten(stage, order, seed, commands, failure)) };
    progress(commands.length);
  }
  return null;
}

/** Leaves out whatever is not needed to break the same promise. */
async function shorten(
  stage: Stage,
  { bug }: Order,
  seed: string,
  all: Command[],
  first: Failure,
): Promise<Failure & { commands: Command[] }> {
  let best = { ...first, commands: all.slice(0, first.at) };
  const until = performance.now() + SHORTENING;
  if (bug !== null) return best;
  for (let size = Math.ceil(best.commands.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.commands.length && performance.now() < until; ) {
      const commands = best.commands.toSpliced(at, size);
      const failure = await playSequence(stage, { seed, commands, bug });
      if (failure?.promise === first.promise) best = { ...failure, commands: commands.slice(0, failure.at) };
      else at += size;
    }
  }
  return best;
}
