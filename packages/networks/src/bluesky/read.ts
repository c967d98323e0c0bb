import type { NetworkPort, ProfilePage, Relation } from '../port.ts';
import type { Client } from './client.ts';
import { toNetworkError } from './errors.ts';
import { PAGE, RELATION_BATCH } from './limits.ts';
import { toProfile, toRelations } from './mapper.ts';
import { actorIn } from './query.ts';

export type Reader = Pick<NetworkPort, 'resolve' | 'followers' | 'following'> & {
  relations(nativeId: string, others: string[]): Promise<Relation[]>;
};

/** Public reads, asked of the AppView without credentials: with them it hides whoever stands in a block relation. */
export function reader(appview: Client, now: () => Date): Reader {
  const read = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw toNetworkError(error, { write: false, now: now() });
    }
  };
  const page = (cursor: string | null) => ({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });

  return {
    resolve: (query) =>
      read(async () => toProfile((await appview.app.actor.getProfile({ actor: actorIn(query) })).data)),
    followers: (actor, cursor) =>
      read(async (): Promise<ProfilePage> => {
        const { data } = await appview.app.graph.getFollowers({ actor, ...page(cursor) });
        return { items: data.followers.map(toProfile), cursor: data.cursor ?? null, total: null };
      }),
    following: (actor, cursor) =>
      read(async (): Promise<ProfilePage> => {
        const { data } = await appview.app.graph.getFollows({ actor, ...page(cursor) });
        return { items: data.follows.map(toProfile), cursor: data.cursor ?? null, total: null };
      }),
    relations: (actor, others) =>
      read(async () => {
        if (others.length > RELATION_BATCH) throw new RangeError(`more than ${RELATION_BATCH}`);
        if (others.length === 0) return [];
        return toRelations((await appview.app.graph.getRelationships({ actor, others })).data, others);
      }),
  };
}
