import type { Action } from '@secateur/networks/port';
import type { Acting } from '../connections/index.ts';
import type { Draft } from './draft.ts';
import { heldNow } from './relations.ts';
import type { Claimed } from './types.ts';

/** Hand-made records may carry a key a little older than our mark: clocks differ. Real milliseconds. */
const SKEW = 10 * 60_000;
/** Pages that a look for hand-made records reads at most; beyond that a full reading is the cheaper way. */
const MOST_PAGES = 50;

/** The keys among these that the account holds now. Reads only the stretch of records they lie in. */
export async function keysHeld(acting: Acting, action: Action, items: Claimed[]): Promise<Set<string>> {
  const keys = items.flatMap((i) => i.key ?? []).sort();
  const oldest = keys[0];
  const newest = keys.at(-1);
  const held = new Set<string>();
  if (oldest === undefined || newest === undefined) return held;
  const wanted = new Set(keys);
  let cursor: string | null = null;
  do {
    const page = await acting.account.held(action, { cursor, newest, oldest });
    for (const { key } of page.items) if (key !== null && wanted.has(key)) held.add(key);
    cursor = page.cursor;
  } while (cursor !== null);
  return held;
}

/**
 * Which of these people the account holds now, where there are no keys: asked for (`told`), or read until all are found or to
 * the end.
 */
export async function peopleHeld(
  acting: Acting,
  action: Action,
  items: Claimed[],
): Promise<{ held: Set<string>; told: boolean }> {
  const told = await heldNow(acting, action, items);
  if (told !== null) return { held: told, told: true };
  const wanted = new Set(items.map((i) => i.nativeId));
  const held = new Set<string>();
  let cursor: string | null = null;
  do {
    const page = await acting.account.held(action, { cursor });
    for (const { nativeId } of page.items) if (wanted.has(nativeId)) held.add(nativeId);
    cursor = page.cursor;
  } while (cursor !== null && held.size < wanted.size);
  return { held, told: false };
}

/**
 * Brings what we know of the account up to its head: when somebody else wrote since, looks for records made by hand.
 * Returns native ids that were found held under a key that isn't `ours`, and whether one of `ours` was there.
 */
export async function catchUp(
  acting: Acting,
  action: Action,
  ours: Claimed[],
  draft: Draft,
): Promise<{ byHand: Set<string>; ours: boolean }> {
  const head = await acting.account.head();
  const mine = new Set(ours.flatMap((o) => o.key ?? []));
  // What an earlier look of the same turn found is known too: it moved the head that is compared with.
  const before = draft.found.filter((f) => f.action === action && (f.held.key === null || !mine.has(f.held.key)));
  const byHand = new Set(before.map((f) => f.held.nativeId));
  let sawOurs = before.length < draft.found.length;
  if (head === draft.head) return { byHand, ours: sawOurs };
  const oldest = draft.mark ?? undefined;
  const mark = acting.port.keyAt(new Date(Date.now() - SKEW));
  let cursor: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await acting.account.held(action, { cursor, oldest });
    for (const held of page.items) {
      if (held.key !== null && mine.has(held.key)) {
        sawOurs = true;
        continue;
      }
      byHand.add(held.nativeId);
      draft.found.push({ action, held });
    }
    cursor = page.cursor;
    if (cursor === null) break;
  }
  draft.head = head;
  if (mark !== null && (draft.mark === null || mark > draft.mark)) draft.mark = mark;
  return { byHand, ours: sawOurs };
}
