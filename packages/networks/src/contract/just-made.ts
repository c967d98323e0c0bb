import type { Made } from './world.ts';

/** Does what makes posts in the sandbox, and says which came of it: what `read` lists after it and did not before. */
export async function justMade<T>(
  read: () => Promise<T[]>,
  make: () => Promise<void>,
  describe: (post: T) => Made,
): Promise<Made[]> {
  const before = (await read()).length;
  await make();
  return (await read()).slice(before).map(describe);
}

/** The one that was made. Throws where there is none. */
export async function onlyOne(made: Promise<Made[]>): Promise<Made> {
  const [one] = await made;
  if (one === undefined) throw new Error('nothing was made');
  return one;
}
