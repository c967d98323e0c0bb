import { type Call, countIn, placeIn, signedIn, tokenFor, viewerOf } from './call.ts';
import { followersOf, followingOf, isFollowing } from './follows.ts';
import { personById, personByRef, personByUsername, type XPerson } from './people.ts';
import { invalid, notAuthorized, notFound, suspended } from './problem.ts';
import { userView } from './views.ts';

/** GET /2/users/me. */
export function me(call: Call): object {
  const person = signedIn(call);
  call.owed.push({ kind: 'user', resources: [person.id] });
  return { data: userView(call, person, person) };
}

/** GET /2/users/:id and /2/users/by/username/:username: one who can't be shown stands in `errors` of a 200. */
export function oneUser(by: 'id' | 'username') {
  return (call: Call): object => {
    const viewer = viewerOf(call);
    const value = call.path[0] ?? '';
    const found = by === 'id' ? personById(call.site, value) : personByUsername(call.site, value);
    const problem = hidden(found, { value, by, parameter: by });
    if (problem !== null || found === null) return { errors: [problem] };
    call.owed.push({ kind: 'user', resources: [found.id] });
    return { data: userView(call, found, viewer) };
  };
}

/** GET /2/users?ids=: up to 100. Those that can't be shown stand beside the others. */
export function users(call: Call): object {
  const viewer = viewerOf(call);
  const ids = (call.params.get('ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0 || ids.length > 100) throw invalid('`ids` must have between 1 and 100');
  const data: object[] = [];
  const errors: object[] = [];
  for (const value of ids) {
    const found = personById(call.site, value);
    const problem = hidden(found, { value, by: 'ids', parameter: 'ids' });
    if (problem !== null || found === null) errors.push(problem ?? {});
    else {
      data.push(userView(call, found, viewer));
      call.owed.push({ kind: 'user', resources: [found.id] });
    }
  }
  return { ...(data.length > 0 ? { data } : {}), ...(errors.length > 0 ? { errors } : {}) };
}

/** GET /2/users/:id/followers and following: a protected account shows strangers nobody. */
export function follows(which: 'followers' | 'following') {
  return (call: Call): object => {
    const { site } = call;
    const viewer = viewerOf(call, 'follows.read');
    const value = call.path[0] ?? '';
    const person = personById(site, value);
    const count = countIn(call, 1, 100, 1_000);
    const problem = hidden(person, { value, by: 'id', parameter: 'id' });
    if (problem !== null || person === null) return { errors: [problem] };
    if (person.account?.protected && (viewer === null || !sees(call, viewer, person)))
      return { errors: [notAuthorized(value)] };
    const from = placeIn(call);
    const { refs, size } = (which === 'followers' ? followersOf : followingOf)(site, person, from, count);
    return page(call, viewer, refs, from + count < size ? from + count : null, 'follow');
  };
}

/** A page of accounts. Whoever can't be shown is missing from it, so it may be short. */
export function page(
  call: Call,
  viewer: XPerson | null,
  refs: number[],
  next: number | null,
  kind: Call['owed'][number]['kind'],
): object {
  const people = refs.flatMap((ref) => {
    const one = personByRef(call.site, ref);
    return one === null || one.status === 'suspended' || one.status === 'deleted' ? [] : [one];
  });
  call.owed.push({ kind, resources: people.map((one) => one.id) });
  return {
    ...(people.length > 0 ? { data: people.map((one) => userView(call, one, viewer)) } : {}),
    meta: { result_count: people.length, ...(next === null ? {} : { next_token: tokenFor(next) }) },
  };
}

function sees({ site }: Call, viewer: XPerson, person: XPerson): boolean {
  return viewer.ref === person.ref || isFollowing(site, viewer.ref, person.ref);
}

/** Why somebody is not shown, null where they are. */
function hidden(
  person: XPerson | null,
  { value, by, parameter }: { value: string; by: string; parameter: string },
): object | null {
  const about = { value, by, kind: 'user', parameter };
  if (person === null || person.status === 'deleted') return notFound(about);
  return person.status === 'suspended' ? suspended(about) : null;
}
