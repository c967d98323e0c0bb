import { birthFollow, type Person, personByDid } from '../state/people.ts';
import type { State } from '../state/state.ts';

export type Listed = { dids: string[]; cursor: string | null };

const CURSOR = /^([sce])([0-9]{1,15})$/;

/**
 * One page of a person's followers, newest first: those stored, then those computed. A cursor says which of the two comes
 * next ("s", "c") and from where; "e" is "c" after the empty page that the world put there.
 */
export function followerPage(state: State, subject: Person, limit: number, cursor: string | null): Listed {
  const [, phase = 's', at = String(Number.MAX_SAFE_INTEGER)] = cursor === null ? [] : (CURSOR.exec(cursor) ?? []);
  if (cursor !== null && !CURSOR.test(cursor)) return { dids: [], cursor: null };
  const dids: string[] = [];
  if (phase === 's') {
    const stored = state.followIndex.page(subject.did, limit, Number(at));
    dids.push(...stored.followers);
    if (dids.length === limit) return { dids, cursor: `s${stored.last}` };
  }
  const { account } = subject;
  if (account === null) return { dids, cursor: null };
  const from = phase === 's' ? account.followers - 1 : Math.min(Number(at), account.followers - 1);
  if (from >= 0 && phase !== 'e' && dids.length === 0 && state.world.isPageEmpty(account.index, from))
    return { dids, cursor: `e${from}` };
  let index = from;
  for (; index >= 0 && dids.length < limit; index--) {
    const did = state.world.didOf(account.index, index);
    if (!state.hasUnfollowed(did)) dids.push(did);
  }
  return { dids, cursor: index >= 0 ? `c${index}` : null };
}

/** One page of whom a person follows, newest first; whom they follow by birth comes last. */
export function followPage(state: State, actor: Person, limit: number, cursor: string | null): Listed {
  const page = state.repo(actor.did).follows.page(limit, cursor, false);
  const dids = page.map(([, entry]) => entry.subject);
  if (dids.length === limit) return { dids, cursor: page.at(-1)?.[0] ?? null };
  const birth = birthFollow(state, actor.did);
  return { dids: birth === null ? dids : [...dids, birth.did], cursor: null };
}

/**
 * Those of a list whom the AppView shows: active, no block between them and the list's subject, and none between them and
 * the viewer.
 */
export function shown(state: State, dids: string[], subject: string, viewer: string | null): Person[] {
  const people: Person[] = [];
  for (const did of dids) {
    if (state.blocks(did, subject) || state.blocks(subject, did)) continue;
    if (viewer !== null && (state.blocks(did, viewer) || state.blocks(viewer, did))) continue;
    const person = personByDid(state, did);
    if (person?.status === 'active') people.push(person);
  }
  return people;
}
