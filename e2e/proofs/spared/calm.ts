import { checkAll } from './check.ts';
import type { Game } from './game.ts';

const MINUTE = 60_000;

/**
 * The networks are well again, and everything that waits for a retry has had its time: then all that should be so is so, and
 * the checker looks at everything.
 */
export async function calm(game: Game): Promise<void> {
  const { control } = game.stage.life.sandbox;
  await control.clearFaults();
  game.during = [];
  // The longest backoff is an hour and a quarter; one that failed may have to be tried several times.
  for (const minutes of [0, 16, 80, 80]) {
    if (minutes > 0) await control.advance(minutes * MINUTE);
    await game.drain();
  }
  await checkAll(game);
}
