import { NetworkError, type NetworkPort, type ProfilePage, type PublicProfile } from '../port.ts';
import type { Ask, Client } from './client.ts';
import { missing, toNetworkError, Unreadable } from './errors.ts';
import { FOLLOW_PAGE } from './limits.ts';
import { PROFILE_FIELDS, toProfile } from './mapper.ts';
import { cursorAfter, readPage, taken } from './pages.ts';
import { actorIn } from './query.ts';
import { oneUserSchema, type User } from './schemas.ts';

export type ReadVia = {
  ask: Ask;
  /** The app's own token. */
  bearer: string;
  now(): Date;
};

const FIELDS = { 'user.fields': PROFILE_FIELDS };

/** Public reads, as our app and nobody's account. Each costs by what the answer holds. */
export function reader(via: ReadVia): Pick<NetworkPort, 'resolve' | 'followers' | 'following'> {
  const read = async <T>(call: (client: Client) => Promise<unknown>, reading: (data: unknown) => T): Promise<T> => {
    try {
      return reading((await via.ask({ kind: 'app', token: via.bearer }, call)).data);
    } catch (error) {
      throw toNetworkError(error, { write: false, now: via.now(), allowed: null });
    }
  };
  const list =
    (which: 'followers' | 'following') =>
    async (nativeId: string, cursor: string | null): Promise<ProfilePage> => {
      const at = taken(cursor);
      try {
        const page = await read(
          (client) =>
            client[which](nativeId, {
              ...FIELDS,
              max_results: FOLLOW_PAGE,
              ...(at === null ? {} : { pagination_token: at.token }),
            }),
          readPage,
        );
        return {
          items: page.users.flatMap((user) => (user === null ? [] : [toProfile(user)])),
          cursor: cursorAfter(page.next, at),
          total: null,
        };
      } catch (error) {
        // A protected account shows strangers nobody.
        if (error instanceof NetworkError && error.problem === 'declined')
          return { items: [], cursor: null, total: null };
        throw error;
      }
    };
  return {
    async resolve(query): Promise<PublicProfile> {
      const named = actorIn(query);
      return toProfile(
        await read(
          (client) => ('id' in named ? client.user(named.id, FIELDS) : client.userByUsername(named.username, FIELDS)),
          userIn,
        ),
      );
    },
    followers: list('followers'),
    following: list('following'),
  };
}

/** Throws what an answer without an account means. */
function userIn(data: unknown): User {
  const read = oneUserSchema.safeParse(data);
  if (!read.success) throw new Unreadable('no account');
  if (read.data.data === undefined) throw new NetworkError(missing(read.data.errors?.[0]));
  return read.data.data;
}
