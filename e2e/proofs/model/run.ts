import { type Broken as BrokenOf, type Order, playAll } from '../shared/histories.ts';
import { randomOf } from '../shared/random.ts';
import { type BugName, bugOf, seed as seedBug } from './bugs.ts';
import type { Command } from './command.ts';
import { generate } from './generate.ts';
import type { Promised } from './promises.ts';
import { playSequence } from './sequence.ts';
import type { Stage } from './stage.ts';

export type Broken = BrokenOf<Promised, Command>;

/** Plays the ordered sequences until one breaks a promise, and makes that one short. */
export async function run(
  stage: Stage,
  order: Order<BugName>,
  progress: (played: number) => void,
): Promise<Broken | null> {
  await seedBug(stage.admin, bugOf(order.bug));
  return playAll({
    order,
    progress,
    generate: (seed) => generate(randomOf(seed), order.commands),
    play: (seed, commands) => playSequence(stage, { seed, commands, bug: order.bug }),
  });
}
