import { type Action, NetworkError, type Relation } from '@secateur/networks/port';
import type { Acting } from '../connections/index.ts';
import { type Draft, retry, stop } from './draft.ts';
import { judgeRelation, wants } from './policy/index.ts';
import { catchUp } from './read-back.ts';
import { heldNow, relationsOf } from './relations.ts';
import { settleApplied } from './settle.ts';
import type { Chunk, Claimed, Sendable } from './types.ts';

type Applies = NonNullable<Chunk['applies']>;

/**
 * Commits that the network was asked about these just now and holds none of them, before the first is sent: whoever reads back
 * what was left in flight tells ours by that. False when they are another claim's by now, and nothing may be sent.
 */
export type Looked = (action: Action, items: Claimed[]) => Promise<boolean>;

/** How often a write is sent anew in one turn because somebody else wrote in between. */
const ROUNDS = 3;

/** Blocks that have keys: all in one batch, fenced by the account's head. */
export async function applyKeyed(acting: Acting, applies: Applies, draft: Draft, at: Date): Promise<void> {
  const { action } = applies;
  let todo: Claimed[] = (await withoutOwn(acting, action, applies.items, draft)).left;
  for (let round = 0; round < ROUNDS && todo.length > 0; round += 1) {
    try {
      const { byHand, ours } = await catchUp(acting, action, todo, draft);
      if (ours) todo = await settleApplied(acting, action, todo, draft);
      draft.byHand.push(...todo.filter((c) => byHand.has(c.nativeId)));
      todo = todo.filter((c) => !byHand.has(c.nativeId));
      if (todo.length === 0) return;
      if (round > 0) draft.extraPoints += todo.length * (acting.port.abilities[action]?.points.apply ?? 0);
      const written = await acting.account.apply(action, todo, draft.head, at);
      draft.head = written.head;
      draft.limit = written.report ?? draft.limit;
      draft.applied.push(...todo);
      return;
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (error.problem === 'fenced') continue;
      if (error.problem === 'untyped' || error.uncertain) {
        todo = await settleApplied(acting, action, todo, draft);
        if (todo.length === 0) return;
        if (error.problem !== 'untyped') {
          for (const claimed of todo) retry(draft, claimed, false, error.problem);
          stop(draft, error);
          return;
        }
        // Fresh keys come back as resent ones first: only then may some of them come to be and others not.
        if (todo.every((c) => c.resent)) return applySingly(acting, action, todo, draft, at);
        for (const claimed of todo) retry(draft, claimed, false, error.problem);
        return;
      }
      if (error.problem === 'rejected' && todo.length > 1 && todo.every((c) => c.resent)) {
        return applySingly(acting, action, todo, draft, at);
      }
      const counts = error.problem === 'rejected' && todo.length === 1;
      for (const claimed of todo) retry(draft, claimed, counts, error.problem);
      if (error.problem !== 'rejected') stop(draft, error);
      return;
    }
  }
  for (const claimed of todo) retry(draft, claimed, false, 'fenced');
  if (todo.length > 0) stop(draft, new NetworkError('fenced'));
}

/** After a batch was lost for a reason that has no name: one by one, so that only the one to blame fails. */
async function applySingly(acting: Acting, action: Action, items: Claimed[], draft: Draft, at: Date): Promise<void> {
  for (const claimed of items) {
    if (draft.trouble) {
      retry(draft, claimed, false, draft.trouble.problem);
      continue;
    }
    draft.extraPoints += acting.port.abilities[action]?.points.apply ?? 0;
    try {
      const { byHand } = await catchUp(acting, action, items, draft);
      if (byHand.has(claimed.nativeId)) {
        draft.byHand.push(claimed);
        continue;
      }
      const written = await acting.account.apply(action, [claimed], draft.head, at);
      draft.head = written.head;
      draft.applied.push(claimed);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (error.problem === 'untyped' || error.uncertain) {
        const [absent] = await settleApplied(acting, action, [claimed], draft);
        if (absent) retry(draft, absent, true, error.problem);
      } else {
        const counts = error.problem === 'rejected';
        retry(draft, claimed, counts, error.problem);
        if (!counts && error.problem !== 'fenced') stop(draft, error);
      }
    }
  }
}

/**
 * Without keys and batches. Who is held already was held by hand: what may be ours was read back before. Applying twice is
 * harmless, so an uncertain one is simply sent again later.
 */
export async function applyOneByOne(
  acting: Acting,
  applies: Applies,
  draft: Draft,
  at: Date,
  looked: Looked,
): Promise<void> {
  const { action } = applies;
  const { left: todo, told } = await withoutOwn(acting, action, applies.items, draft);
  if (todo.length > 0 && told && !(await looked(action, todo))) {
    stop(draft, new NetworkError('fenced'));
  }
  for (const claimed of todo) {
    if (draft.trouble) {
      retry(draft, claimed, false, draft.trouble.problem);
      continue;
    }
    try {
      const written = await acting.account.apply(action, [claimed], null, at);
      draft.limit = written.report ?? draft.limit;
      draft.applied.push(claimed);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (error.problem === 'untyped' && (await stands(acting, action, claimed, draft))) continue;
      const counts = error.problem === 'rejected' || error.problem === 'not_found' || error.problem === 'untyped';
      if (!error.uncertain || counts) retry(draft, claimed, counts, error.problem);
      if (!counts) stop(draft, error);
    }
  }
}

/** Whether it came to be although the network said that something went wrong; where it does not tell it is sent again. */
async function stands(acting: Acting, action: Action, claimed: Claimed, draft: Draft): Promise<boolean> {
  const held = await heldNow(acting, action, [claimed]);
  const is = held?.has(claimed.nativeId) ?? false;
  if (is) draft.applied.push(claimed);
  return is;
}

const NO_RELATION: Pick<Relation, 'follows' | 'followedBy' | 'held'> = {
  follows: false,
  followedBy: false,
  held: null,
};

/**
 * Asks the network how each stands to the account at this moment, and takes out whom every shield that wants
 * them spares or weakens, and whom the account holds already. Where it can't be asked nothing is sent: the shield waits and says so. Whom all
 * of them name is asked about only where nothing else tells what is held.
 */
async function withoutOwn(
  acting: Acting,
  action: Action,
  items: Sendable[],
  draft: Draft,
): Promise<{ left: Sendable[]; told: boolean }> {
  const keyed = acting.port.abilities[action]?.keyed ?? false;
  try {
    const { related, told } = await relationsOf(
      acting,
      items.filter((c) => !keyed || !isNamed(c)),
    );
    const left = items.filter((claimed) => {
      const { follows, followedBy, held } = related.get(claimed.nativeId) ?? NO_RELATION;
      const talked = claimed.talked === true;
      if (held?.includes(action)) {
        draft.byHand.push(claimed);
        return false;
      }
      if (isNamed(claimed) || !(follows || followedBy || talked)) return true;
      const { profileId } = claimed;
      const wanted = claimed.wantedBy.some((wish) =>
        wants(judgeRelation(wish, { profileId, follows, followedBy, talked }), action),
      );
      (wanted ? draft.related : draft.own).push({ claimed, follows, followedBy, talked });
      return wanted;
    });
    return { left, told };
  } catch (error) {
    stop(draft, error);
    if (draft.trouble && draft.trouble.why === 'network') draft.trouble = { ...draft.trouble, why: 'people' };
    for (const claimed of items) retry(draft, claimed, false, 'people');
    return { left: [], told: false };
  }
}

/** Whether every shield that wants them was raised against them by name: nothing about relations spares them. */
function isNamed({ wantedBy, profileId }: Sendable): boolean {
  return wantedBy.every((wish) => wish.names.includes(profileId));
}
