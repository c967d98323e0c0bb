import { type Call, signedIn, subjectOf, viewerOf } from './call.ts';
import { ApiError } from './errors.ts';
import { followersOf, followingOf, isShown, type Listed } from './follows.ts';
import { type FediPerson, originOf, personByRef } from './people.ts';
import { accountView } from './views.ts';

const MOST = 80;
const USUAL = 40;

/**
 * GET /api/v1/accounts/:id/followers and following: newest first; empty where hidden, and for whom the account blocks. One's own
 * lists are whole, muted or not: `load_accounts` of app/controllers/api/v1/accounts/following_accounts_controller.rb.
 */
export function follows(which: 'followers' | 'following') {
  return (call: Call): object[] => {
    const { site, server } = call;
    const viewer = viewerOf(call, 'read:accounts');
    const person = subjectOf(call);
    const hidden = person.account?.hidesLists === true && viewer?.ref !== person.ref;
    if (hidden || person.status === 'suspended') return [];
    const { fediverse } = site.state;
    if (viewer !== null && fediverse.blocks(person.ref).has(viewer.ref)) return [];
    const left = leftOut(call, viewer?.ref === person.ref ? null : viewer);
    const edges = (which === 'followers' ? followersOf : followingOf)(site, person, before(call));
    const shown = (ref: number) => {
      const other = personByRef(site, ref);
      return other !== null && !left.has(ref) && isShown(site, server, person, other);
    };
    return page(call, edges, shown);
  };
}

/** Whom others' lists don't show to somebody who is signed in: those they block or mute. */
export function leftOut({ site }: Call, viewer: FediPerson | null): Set<number> {
  if (viewer === null) return new Set();
  const { fediverse } = site.state;
  return new Set([...fediverse.blocks(viewer.ref).keys(), ...fediverse.mutes(viewer.ref, site.clock.now()).keys()]);
}

/** GET /api/v1/blocks and mutes. */
export function heldBy(which: 'blocks' | 'mutes') {
  return (call: Call): object[] => {
    const { site } = call;
    const { ref } = signedIn(call, `read:${which}`);
    const { fediverse } = site.state;
    const made = which === 'blocks' ? fediverse.blocks(ref) : fediverse.mutes(ref, site.clock.now());
    const from = before(call);
    const edges = [...made]
      .map(([other, { order }]) => ({ id: order, ref: other }))
      .filter(({ id }) => id < from)
      .sort((a, b) => b.id - a.id);
    // Suspended accounts are left out, although the block stands: app/controllers/api/v1/blocks_controller.rb.
    const shown = (other: number) => !['deleted', 'suspended'].includes(personByRef(site, other)?.status ?? 'deleted');
    return page(call, edges, shown).map((view, i) => {
      const until = which === 'mutes' ? (made.get(call.seen[i] ?? -1)?.until ?? null) : undefined;
      return until === undefined
        ? view
        : { ...view, mute_expires_at: until === null ? null : new Date(until).toISOString() };
    });
  };
}

/** A page of accounts. */
export function page(call: Call, edges: Iterable<Listed>, shown: (ref: number) => boolean): object[] {
  const found = cut(call, edges, ({ ref }) => shown(ref));
  call.seen = found.map(({ ref }) => ref);
  return found.flatMap(({ ref }) => {
    const person = personByRef(call.site, ref);
    return person === null ? [] : [accountView(call.site, call.server, person)];
  });
}

/** Up to `limit` of them; a full page says where the list goes on. Ids in the address are those of relations. */
export function cut<T extends { id: number }>(
  call: Call,
  edges: Iterable<T>,
  shown: (edge: T) => boolean,
  size = { usual: USUAL, most: MOST },
): T[] {
  const limit = Math.min(Math.max(1, Number(call.params.get('limit') ?? size.usual) || size.usual), size.most);
  const from = before(call);
  const found: T[] = [];
  for (const edge of edges) {
    if (found.length === limit) break;
    if (edge.id < from && shown(edge)) found.push(edge);
  }
  const [first, last] = [found[0], found.at(-1)];
  if (first !== undefined && last !== undefined) {
    const links = found.length < limit ? [] : [link(call, limit, 'next', 'max_id', String(last.id))];
    call.headers.push('link', [...links, link(call, limit, 'prev', 'since_id', String(first.id))].join(', '));
  }
  return found;
}

function link(call: Call, limit: number, rel: string, name: string, value: string): string {
  const url = new URL(call.path, originOf(call.site, call.server));
  url.searchParams.set('limit', String(limit));
  url.searchParams.set(name, value);
  return `<${url.href}>; rel="${rel}"`;
}

function before(call: Call): number {
  const mark = call.params.get('max_id');
  if (mark === null) return Number.MAX_SAFE_INTEGER;
  if (!/^\d+$/.test(mark)) throw new ApiError(400, 'Bad max_id');
  return Number(mark);
}
