import { Unreadable } from '../http/index.ts';
import { NetworkError, type NetworkPort, type PublicProfile } from '../port.ts';
import type { Asking } from './asking.ts';
import { crowdOf } from './crowd.ts';
import { missing } from './errors.ts';
import { CROWDS } from './limits.ts';
import { locatedList, locatedPost } from './locate.ts';
import { PROFILE_FIELDS, toProfile } from './mapper.ts';
import { actorIn, refIn } from './query.ts';
import { oneUserSchema, type User } from './schemas.ts';

const FIELDS = { 'user.fields': PROFILE_FIELDS };

/** Public reads, as our app and nobody's account. Each costs by what the answer holds. */
export function reader(read: Asking): Pick<NetworkPort, 'resolve' | 'crowd' | 'locate'> {
  const resolve = async (query: string): Promise<PublicProfile> => {
    const named = actorIn(query);
    const user = await read(
      (client) => ('id' in named ? client.user(named.id, FIELDS) : client.userByUsername(named.username, FIELDS)),
      userIn,
    );
    return toProfile(user);
  };
  return {
    resolve,
    async crowd(kind, ref, cursor) {
      if (CROWDS[kind] === undefined) throw new NetworkError('rejected', { message: `this network tells no ${kind}` });
      return crowdOf(read, kind, ref, cursor);
    },
    async locate(kind, query) {
      const ability = CROWDS[kind];
      if (ability === undefined) throw new NetworkError('rejected', { message: `this network tells no ${kind}` });
      if (ability.of === 'list') return locatedList(read, refIn(query, 'list'));
      if (ability.of === 'post') return locatedPost(read, kind, refIn(query, 'post'));
      const author = await resolve(query);
      const total = kind === 'followers' ? author.followers : author.following;
      return { ref: author.nativeId, author, total, title: null };
    },
  };
}

/** Throws what an answer without an account means. */
function userIn(data: unknown): User {
  const read = oneUserSchema.safeParse(data);
  if (!read.success) throw new Unreadable('no account');
  if (read.data.data === undefined) throw new NetworkError(missing(read.data.errors?.[0]));
  return read.data.data;
}
