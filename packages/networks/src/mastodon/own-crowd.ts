import type { HttpResponse } from 'masto/interfaces/index.js';
import { Unreadable } from '../http/index.ts';
import { type CrowdKind, NetworkError, type ProfilePage } from '../port.ts';
import type { Access } from './access.ts';
import { aroundPost, type Mark, others, taken } from './crowd.ts';
import { mostPages, PAGE } from './limits.ts';
import type { LocalIds } from './local-ids.ts';
import { actorOf } from './mapper.ts';
import { readPage } from './pages.ts';
import { searchStatusesSchema } from './schemas.ts';
import { type CountedKind, countOf } from './status.ts';
import { listIn } from './status-query.ts';

/** The rights that a crowd needs of an account: methods/statuses and methods/lists of docs.joinmastodon.org. */
const NEEDS: Record<CrowdKind, string> = {
  followers: 'read:accounts',
  following: 'read:accounts',
  likers: 'read:accounts',
  reposters: 'read:accounts',
  quoters: 'read:statuses',
  repliers: 'read:statuses',
  list: 'read:lists',
};

/**
 * A crowd as the account's own server shows it to the account: of what was written elsewhere only what that server heard of. Lists
 * are the account's own.
 */
export async function ownCrowd(
  access: Access,
  ids: LocalIds,
  kind: CrowdKind,
  ref: string,
  cursor: string | null,
): Promise<ProfilePage> {
  const at = cursor === null ? await begin(access, ids, kind, ref) : taken(cursor);
  return access.use({ write: false, need: NEEDS[kind] }, async (client) => {
    const { server } = access.session;
    if (kind !== 'followers' && kind !== 'following' && kind !== 'list')
      return aroundPost({ client, origin: server, stranger: false }, kind, at);
    const params = { limit: PAGE, ...(at.place === null ? {} : { maxId: at.place.before }) };
    const list: { $raw(given: typeof params): PromiseLike<HttpResponse<unknown>> } =
      kind === 'list' ? client.v1.lists.$select(at.id).accounts.list : client.v1.accounts.$select(at.id)[kind].list;
    const { accounts, next } = readPage(await list.$raw(params), at.place, mostPages(null));
    return {
      items: others(accounts, at.author, { domain: at.domain, origin: server }),
      cursor: next === null ? null : JSON.stringify({ ...at, place: next } satisfies Mark),
      total: null,
    };
  });
}

async function begin(access: Access, ids: LocalIds, kind: CrowdKind, ref: string): Promise<Mark> {
  const { server, domain } = access.session;
  if (kind === 'list') {
    const { origin, id } = listIn(ref);
    if (origin !== server) throw new NetworkError('not_found');
    return { id, author: '', domain, total: null, place: null };
  }
  if (kind === 'followers' || kind === 'following')
    return { id: await ids.one(ref), author: '', domain, total: null, place: null };
  return findPost(access, kind, ref);
}

/** Asks by the post's URI, which no other can have; the server fetches what it does not know. */
async function findPost(access: Access, kind: CountedKind, ref: string): Promise<Mark> {
  const { server, domain } = access.session;
  return access.use({ write: false, need: 'read:search' }, async (client) => {
    const read = searchStatusesSchema.safeParse(
      await client.v2.search.list({ q: ref, type: 'statuses', resolve: true }),
    );
    if (!read.success) throw new Unreadable('no search result');
    const status = read.data.statuses.find((one) => one?.uri === ref);
    if (!status) throw new NetworkError('not_found');
    const author = actorOf(status.account, { origin: server }) ?? '';
    return { id: status.id, author, domain, total: countOf(status, kind), place: null };
  });
}
