import type { ListRow } from '../state/lists.ts';
import { type Call, signedIn } from './call.ts';
import { ApiError } from './errors.ts';
import type { Listed } from './follows.ts';
import { page } from './lists.ts';
import { personByRef } from './people.ts';
import { localIdOf, refByLocalId } from './refs.ts';

/** GET /api/v1/lists: one's own, which nobody else sees. */
export function ownLists(call: Call): object[] {
  const { ref } = signedIn(call, 'read:lists');
  const own = call.site.state.fediverse.lists.all().filter(({ owner }) => owner === ref);
  return own.map(({ id, name }) => ({
    id: localIdOf(Number(id), call.server.index),
    title: name,
    replies_policy: 'list',
    exclusive: false,
  }));
}

/** GET /api/v1/lists/:id/accounts. */
export function members(call: Call): object[] {
  const { ref } = signedIn(call, 'read:lists');
  const number = refByLocalId(call.id, call.server.index);
  const { lists } = call.site.state.fediverse;
  const list: ListRow<number> | undefined = number === null ? undefined : lists.get(String(number));
  if (list === undefined || list.owner !== ref) throw new ApiError(404, 'Record not found');
  const edges = [...lists.members(list.id)].map((one, i): Listed => ({ id: i + 1, ref: one })).toReversed();
  return page(call, edges, (one) => personByRef(call.site, one)?.status === 'active');
}
