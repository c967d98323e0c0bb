import { hashText } from '../world/mix.ts';
import type { World } from '../world/world.ts';

export type Cut<T> = { items: T[]; cursor: string | null };

const CURSOR = /^([pe])([0-9]{1,10})$/;

/**
 * One page of what is stored oldest first, newest first. A cursor counts what is left. Now and then a page comes empty though the
 * list goes on ("e" is what follows it), as the real AppView's may.
 */
export function cutPage<T>(
  world: World,
  list: string,
  all: readonly T[],
  limit: number,
  cursor: string | null,
): Cut<T> {
  const [, phase = 'p', left = String(all.length)] = cursor === null ? [] : (CURSOR.exec(cursor) ?? ['', 'p', '0']);
  const from = Math.min(Number(left), all.length);
  if (phase === 'p' && cursor !== null && from > 0 && world.isPageEmpty(hashText(list, 3), from))
    return { items: [], cursor: `e${from}` };
  const to = Math.max(0, from - limit);
  return { items: all.slice(to, from).toReversed(), cursor: to > 0 ? `p${to}` : null };
}
