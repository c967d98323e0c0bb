import type { NetworkPort, Relation } from '../port.ts';
import type { Client } from './client.ts';
import { crowdPage } from './crowd.ts';
import { toNetworkError } from './errors.ts';
import { RELATION_BATCH } from './limits.ts';
import { located } from './locate.ts';
import { MANY, profilesOf } from './many.ts';
import { toProfile, toRelations } from './mapper.ts';
import { actorIn } from './query.ts';

export type Reader = Pick<NetworkPort, 'resolve' | 'many' | 'crowd' | 'locate'> & {
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

  return {
    resolve: (query) =>
      read(async () => toProfile((await appview.app.actor.getProfile({ actor: actorIn(query) })).data)),
    many: { batch: MANY, resolve: (queries) => read(() => profilesOf(appview, queries)) },
    crowd: (kind, ref, cursor) => read(() => crowdPage(appview, kind, ref, cursor)),
    locate: (kind, query) => read(() => located(appview, kind, query)),
    relations: (actor, others) =>
      read(async () => {
        if (others.length > RELATION_BATCH) throw new RangeError(`more than ${RELATION_BATCH}`);
        if (others.length === 0) return [];
        return toRelations((await appview.app.graph.getRelationships({ actor, others })).data, others);
      }),
  };
}
