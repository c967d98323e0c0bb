import { NO_BUGS } from '../shared/bug-trigger.ts';
import { type Broken as BrokenOf, type Order, playAll } from '../shared/histories.ts';
import { randomOf } from '../shared/random.ts';
import { type BugName, bugOf } from './bugs.ts';
import { generate } from './generate.ts';
import type { Promised } from './promises.ts';
import type { Stage } from './stage.ts';
import type { Step } from './step.ts';
import { type Figures, playWorld } from './world.ts';

export type Broken = BrokenOf<Promised, Step>;

/** Plays the ordered worlds until one breaks a promise, and makes that one short. */
export async function run(
  stage: Stage,
  order: Order<BugName>,
  progress: (played: number, figures: Figures) => void,
): Promise<Broken | null> {
  const bug = bugOf(order.bug);
  await stage.admin.query(NO_BUGS);
  if (bug?.sql) await stage.admin.query(bug.sql);
  let figures: Figures = { writes: 0, lifts: 0, spared: 0, shields: 0 };
  return playAll({
    order,
    progress: (played) => progress(played, figures),
    generate: (seed) => generate(randomOf(seed), order.commands),
    play: (seed, steps) =>
      playWorld(stage, { seed, steps, wrap: bug?.wrap?.() ?? ((port) => port) }, (of) => {
        figures = of;
      }),
  });
}
