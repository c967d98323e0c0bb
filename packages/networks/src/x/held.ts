import { type Action, type HeldPage, NetworkError, type ProfilePage } from '../port.ts';
import type { Access } from './access.ts';
import type { Client } from './client.ts';
import { HELD_PAGE, PAGE } from './limits.ts';
import { PROFILE_FIELDS, toProfile } from './mapper.ts';
import { cursorAfter, readPage, taken } from './pages.ts';
import type { User } from './schemas.ts';

type Params = { max_results: number; pagination_token?: string; 'user.fields'?: string };
type List = (client: Client, id: string, params: Params) => Promise<unknown>;

const HELD: Record<Action, { need: string; list: List }> = {
  block: { need: 'block.read', list: async (client, id, params) => (await client.userBlockingUsers(id, params)).data },
  mute: { need: 'mute.read', list: async (client, id, params) => (await client.userMutingUsers(id, params)).data },
};

const PEOPLE: Record<'followers' | 'following', List> = {
  followers: (client, id, params) => client.followers(id, params),
  following: (client, id, params) => client.following(id, params),
};

/** Whom the account blocks or mutes. Relations have no keys, so no range. */
export async function held(access: Access, action: Action, cursor: string | null): Promise<HeldPage> {
  const { need, list } = HELD[action];
  const { users, next } = await ownPage(access, need, HELD_PAGE, cursor, list);
  return { items: users.map(({ id }) => ({ nativeId: id, key: null })), cursor: next };
}

/** The account's own people, as X shows them to itself. */
export async function people(
  access: Access,
  which: 'followers' | 'following',
  cursor: string | null,
): Promise<ProfilePage> {
  const { users, next } = await ownPage(access, 'follows.read', PAGE, cursor, (client, id, params) =>
    PEOPLE[which](client, id, { ...params, 'user.fields': PROFILE_FIELDS }),
  );
  return { items: users.map(toProfile), cursor: next, total: null };
}

/** One page of an own list. What is left out of such a list would be taken for not being so: it throws instead. */
async function ownPage(access: Access, need: string, most: number, cursor: string | null, list: List) {
  const at = taken(cursor);
  const { data } = await access.use({ write: false, need }, (client) =>
    list(client, access.id, { max_results: most, ...(at === null ? {} : { pagination_token: at.token }) }),
  );
  const { users, next } = readPage(data);
  const known = users.filter((user): user is User => user !== null);
  if (known.length < users.length) throw new NetworkError('down', { message: 'the list holds what is no account' });
  return { users: known, next: cursorAfter(next, at) };
}
