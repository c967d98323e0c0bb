import type { Failure } from './broke.ts';

/** Which of the histories that a seed decides a process plays, and how many commands each has. */
export type Order<Bug extends string> = {
  seed: number;
  from: number;
  every: number;
  last: number;
  commands: number;
  bug: Bug | null;
};

export type Broken<Promised, Command> = Failure<Promised> & { history: number; commands: Command[] };

/** How one proof makes a history and plays it. */
export type Histories<Promised, Command, Bug extends string> = {
  order: Order<Bug>;
  generate(seed: string): Command[];
  play(seed: string, commands: Command[]): Promise<Failure<Promised> | null>;
  /** Told how many commands each history had that broke nothing. */
  progress(played: number): void;
};

/** Milliseconds for which a failing history is played again and again to make it shorter. */
const SHORTENING = 60_000;

/** Plays every `every`th history from `from`; stops at the first that breaks a promise, and makes that one short. */
export async function playAll<Promised, Command, Bug extends string>(
  one: Histories<Promised, Command, Bug>,
): Promise<Broken<Promised, Command> | null> {
  const { order, generate, play, progress } = one;
  for (let n = order.from; n <= order.last; n += order.every) {
    const seed = `${order.seed}:${n}`;
    const commands = generate(seed);
    const failure = await play(seed, commands);
    if (failure) return { history: n, ...(await shorten(one, seed, commands, failure)) };
    progress(commands.length);
  }
  return null;
}

/** Leaves out whatever is not needed to break the same promise. */
async function shorten<Promised, Command, Bug extends string>(
  { order, play }: Histories<Promised, Command, Bug>,
  seed: string,
  all: Command[],
  first: Failure<Promised>,
): Promise<Failure<Promised> & { commands: Command[] }> {
  let best = { ...first, commands: all.slice(0, first.at) };
  const until = performance.now() + SHORTENING;
  if (order.bug !== null) return best;
  for (let size = Math.ceil(best.commands.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.commands.length && performance.now() < until; ) {
      const commands = best.commands.toSpliced(at, size);
      const failure = await play(seed, commands);
      if (failure?.promise === first.promise) best = { ...failure, commands: commands.slice(0, failure.at) };
      else at += size;
    }
  }
  return best;
}
