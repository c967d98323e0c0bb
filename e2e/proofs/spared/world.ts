import { type Failure, failureOf } from '../shared/broke.ts';
import { randomOf } from '../shared/random.ts';
import { calm } from './calm.ts';
import { checkLeft } from './check.ts';
import { Game, type Wrap } from './game.ts';
import { play } from './play.ts';
import type { Promised } from './promises.ts';
import type { Stage } from './stage.ts';
import type { Step } from './step.ts';

const DAY = 86_400_000;
/** Steps past every end: the longest hold is a week, a twentieth more with jitter. */
const DAYS = [0.1, 1, 7, 2];

export type Figures = Record<'writes' | 'lifts' | 'spared' | 'shields', number>;

/** Plays a world to its end and says which promise was broken in it. */
export async function playWorld(
  stage: Stage,
  { seed, steps, wrap }: { seed: string; steps: Step[]; wrap: Wrap },
  count: (figures: Figures) => void,
): Promise<Failure<Promised> | null> {
  const random = randomOf(`${seed} play`);
  const spread = Math.random;
  Math.random = random.next;
  const game = new Game(stage, await stage.begin(), random, wrap);
  const { truth } = game;
  game.playNow = (step) => play(game, step);
  try {
    for (const step of steps) {
      truth.step += 1;
      await play(game, step);
    }
    truth.step += 1;
    await finish(game);
    const { writes, lifts, spared } = truth.figures;
    count({ writes, lifts, spared, shields: truth.shields.length });
    return null;
  } catch (error) {
    return failureOf<Promised>(error, truth.step);
  } finally {
    Math.random = spread;
  }
}

/** Lets every shield run out, and looks whether anything is left. */
async function finish(game: Game): Promise<void> {
  const { truth } = game;
  await calm(game);
  // One that has run out meanwhile says no.
  for (const n of truth.shields.keys()) await play(game, { do: 'resume', shield: n });
  for (const days of DAYS) {
    await game.stage.life.sandbox.control.advance(days * DAY);
    await game.drain();
  }
  await calm(game);
  await checkLeft(game);
}
