import { NetworkError } from '@secateur/networks/port';
import type { Acting } from '../connections/index.ts';
import { type Draft, stop } from './draft.ts';
import { catchUp, keysHeld, peopleHeld } from './read-back.ts';
import { settleLifted } from './settle.ts';
import type { Chunk, Claimed } from './types.ts';

type Lifts = NonNullable<Chunk['lifts']>;

const ROUNDS = 3;

/** Ends blocks by exactly the keys that we chose, in one fenced batch. A further record of the same person stays. */
export async function liftKeyed(acting: Acting, lifts: Lifts, draft: Draft): Promise<void> {
  const { action } = lifts;
  let todo = lifts.items;
  for (let round = 0; round < ROUNDS && todo.length > 0; round += 1) {
    try {
      todo = await stillThere(acting, lifts, todo, draft, round > 0);
      if (todo.length === 0) return;
      if (round > 0) draft.extraPoints += todo.length * (acting.port.abilities[action]?.points.lift ?? 0);
      const written = await acting.account.lift(action, todo, draft.head);
      draft.head = written.head;
      draft.limit = written.report ?? draft.limit;
      draft.lifted.push(...todo);
      return;
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (error.problem === 'fenced') continue;
      if (error.uncertain) {
        todo = await settleLifted(acting, action, todo, draft);
        if (error.problem === 'untyped') continue;
      }
      for (const claimed of todo) draft.stillHeld.push({ claimed, problem: error.problem });
      if (error.problem !== 'rejected') stop(draft, error);
      return;
    }
  }
  for (const claimed of todo) draft.stillHeld.push({ claimed, problem: 'fenced' });
  if (todo.length > 0) stop(draft, new NetworkError('fenced'));
}

/** Drops those whose record the user removed: a batch that names a missing key is lost whole. */
async function stillThere(
  acting: Acting,
  { action }: Lifts,
  todo: Claimed[],
  draft: Draft,
  again: boolean,
): Promise<Claimed[]> {
  const before = draft.head;
  await catchUp(acting, action, todo, draft);
  if (before === draft.head && !again) return todo;
  const held = await keysHeld(acting, action, todo);
  const gone = todo.filter((c) => c.key !== null && !held.has(c.key));
  draft.undone.push(...gone.map((claimed) => ({ action, claimed })));
  return todo.filter((c) => c.key !== null && held.has(c.key));
}

/**
 * Mutes: one by one; ending twice is harmless. Where the answer was lost what is there now tells; while the network is away
 * they stay in flight until they can be read back, since one that is gone would be taken for the user's doing.
 */
export async function liftOneByOne(acting: Acting, lifts: Lifts, draft: Draft): Promise<void> {
  const unsure: { claimed: Claimed; problem: NetworkError['problem'] }[] = [];
  for (const claimed of lifts.items) {
    if (draft.trouble) {
      draft.stillHeld.push({ claimed, problem: draft.trouble.problem });
      continue;
    }
    try {
      await acting.account.lift(lifts.action, [claimed], null);
      draft.lifted.push(claimed);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      (error.uncertain ? unsure : draft.stillHeld).push({ claimed, problem: error.problem });
      if (error.problem !== 'rejected' && error.problem !== 'not_found' && error.problem !== 'untyped')
        stop(draft, error);
    }
  }
  if (unsure.length === 0 || draft.trouble) return;
  const { held: there } = await peopleHeld(
    acting,
    lifts.action,
    unsure.map((u) => u.claimed),
  );
  for (const one of unsure) {
    if (there.has(one.claimed.nativeId)) draft.stillHeld.push(one);
    else draft.lifted.push(one.claimed);
  }
}
