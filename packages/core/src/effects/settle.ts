import type { Action } from '@secateur/networks/port';
import type { Acting } from '../connections/index.ts';
import { type Draft, retry } from './draft.ts';
import { keysHeld } from './read-back.ts';
import type { Chunk, Claimed } from './types.ts';

/**
 * Reads back what was left in flight. The head is read first: a late write of whoever left it is then either in what we
 * read, or is refused because ours came before it.
 */
export async function settle(acting: Acting, left: NonNullable<Chunk['unsettled']>, draft: Draft): Promise<void> {
  if (!acting.port.abilities[left.action]?.keyed) {
    // Without keys nothing tells; both ways are harmless to repeat.
    for (const claimed of left.applying) retry(draft, claimed, false, 'unsettled');
    for (const claimed of left.lifting) draft.stillHeld.push({ claimed, problem: 'unsettled' });
    return;
  }
  const absent = await settleApplied(acting, left.action, left.applying, draft);
  for (const claimed of absent) retry(draft, claimed, false, 'unsettled');
  const present = await settleLifted(acting, left.action, left.lifting, draft);
  for (const claimed of present) draft.stillHeld.push({ claimed, problem: 'unsettled' });
}

/**
 * Finds out whether a batch of creates happened, and returns those that did not. A batch is one commit: if one of its
 * records is there, all were made, and a missing one was removed by the user since. That holds for keys that were never
 * sent before; resent ones may have come to be one by one, so each of them speaks for itself only.
 */
export async function settleApplied(
  acting: Acting,
  action: Action,
  items: Claimed[],
  draft: Draft,
): Promise<Claimed[]> {
  if (items.length === 0) return [];
  const held = await keysHeld(acting, action, items);
  draft.applied.push(...items.filter((c) => c.key !== null && held.has(c.key)));
  const absent = items.filter((c) => c.key === null || !held.has(c.key));
  if (held.size === 0 || absent.some((c) => c.resent)) return absent;
  draft.undone.push(...absent);
  return [];
}

/** Finds out whether a batch of deletes happened, and returns those that are still there. */
export async function settleLifted(acting: Acting, action: Action, items: Claimed[], draft: Draft): Promise<Claimed[]> {
  if (items.length === 0) return [];
  const held = await keysHeld(acting, action, items);
  draft.lifted.push(...items.filter((c) => c.key === null || !held.has(c.key)));
  return items.filter((c) => c.key !== null && held.has(c.key));
}
