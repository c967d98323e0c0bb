import type { Action } from '@secateur/networks/port';
import type { Acting } from '../connections/index.ts';
import { type Draft, retry } from './draft.ts';
import { catchUp, keysHeld, peopleHeld } from './read-back.ts';
import { relationsOf } from './relations.ts';
import { type Chunk, type Claimed, LOOKED } from './types.ts';

/**
 * Reads back what was left in flight. The head is read first: a late write of whoever left it is then either in what we
 * read, or is refused because ours came before it.
 */
export async function settle(acting: Acting, left: NonNullable<Chunk['unsettled']>, draft: Draft): Promise<void> {
  if (!acting.port.abilities[left.action]?.keyed) {
    return settleUnkeyed(acting, left, draft);
  }
  const { absent, made } = await readApplied(acting, left.action, left.applying, draft);
  const unsent = made ? await neverSent(acting, left.action, left.applying, absent, draft) : new Set(absent);
  for (const claimed of absent) {
    if (unsent.has(claimed)) retry(draft, claimed, false, 'unsettled');
    else draft.undone.push({ action: left.action, claimed });
  }
  const present = await settleLifted(acting, left.action, left.lifting, draft);
  for (const claimed of present) draft.stillHeld.push({ claimed, problem: 'unsettled' });
}

/**
 * Without keys what is there now is all that tells. It is ours if it was looked at and found not to be so before it was to be
 * sent; what nobody had come to look at was never sent, so whoever is held is so by hand.
 */
async function settleUnkeyed(
  acting: Acting,
  { action, applying, lifting }: NonNullable<Chunk['unsettled']>,
  draft: Draft,
): Promise<void> {
  const { held: there, told } = await peopleHeld(acting, action, [...applying, ...lifting]);
  for (const claimed of applying) {
    if (there.has(claimed.nativeId)) (told && claimed.key !== LOOKED ? draft.byHand : draft.applied).push(claimed);
    else retry(draft, claimed, false, 'unsettled');
  }
  for (const claimed of lifting) {
    if (there.has(claimed.nativeId)) draft.stillHeld.push({ claimed, problem: 'unsettled' });
    else draft.lifted.push(claimed);
  }
}

/**
 * Whom the dead worker had taken out of its batch before it sent it: own people, among them those talked with, and those blocked by hand. Nobody wrote
 * down that it did, so they are told by being so still.
 */
async function neverSent(
  acting: Acting,
  action: Action,
  batch: Claimed[],
  absent: Claimed[],
  draft: Draft,
): Promise<Set<Claimed>> {
  const { byHand } = await catchUp(acting, action, batch, draft);
  const { related } = await relationsOf(acting, absent);
  return new Set(absent.filter((c) => byHand.has(c.nativeId) || related.has(c.nativeId) || c.talked === true));
}

/**
 * Finds out whether a batch of creates happened, and returns those that did not; those missing of a batch that did were
 * removed by the user since.
 */
export async function settleApplied(
  acting: Acting,
  action: Action,
  items: Claimed[],
  draft: Draft,
): Promise<Claimed[]> {
  const { absent, made } = await readApplied(acting, action, items, draft);
  if (!made) return absent;
  draft.undone.push(...absent.map((claimed) => ({ action, claimed })));
  return [];
}

/**
 * A batch is one commit: if one of its records is there, all were made. That holds for keys that were never sent before;
 * resent ones may have come to be one by one, so each of them speaks for itself only.
 */
async function readApplied(
  acting: Acting,
  action: Action,
  items: Claimed[],
  draft: Draft,
): Promise<{ absent: Claimed[]; made: boolean }> {
  if (items.length === 0) return { absent: [], made: false };
  const held = await keysHeld(acting, action, items);
  draft.applied.push(...items.filter((c) => c.key !== null && held.has(c.key)));
  const absent = items.filter((c) => c.key === null || !held.has(c.key));
  return { absent, made: held.size > 0 && !absent.some((c) => c.resent) };
}

/** Finds out whether a batch of deletes happened, and returns those that are still there. */
export async function settleLifted(acting: Acting, action: Action, items: Claimed[], draft: Draft): Promise<Claimed[]> {
  if (items.length === 0) return [];
  const held = await keysHeld(acting, action, items);
  draft.lifted.push(...items.filter((c) => c.key === null || !held.has(c.key)));
  return items.filter((c) => c.key !== null && held.has(c.key));
}
