import { Unreadable } from '../http/index.ts';
import { NetworkError } from '../port.ts';
import type { Access } from './access.ts';
import { actorOf } from './mapper.ts';
import { searchSchema } from './schemas.ts';

/** What a server calls the accounts of others, remembered between turns: a server's id for an actor does not change. */
export type KnownIds = {
  /** Those known of these actors, by actor. */
  get(server: string, actors: string[]): Promise<Map<string, string>>;
  put(server: string, ids: { actor: string; id: string }[]): Promise<void>;
  /** The server no longer knows the id. */
  forget(server: string, actor: string): Promise<void>;
};

/** Ids kept in memory by one process, for all accounts on a server. */
const MOST = 200_000;

/** Remembers in memory, the oldest forgotten first. */
export function idsInMemory(): KnownIds {
  const known = new Map<string, string>();
  const key = (server: string, actor: string) => `${server} ${actor}`;
  return {
    get: async (server, actors) =>
      new Map(
        actors.flatMap((actor): [string, string][] => {
          const id = known.get(key(server, actor));
          return id === undefined ? [] : [[actor, id]];
        }),
      ),
    async put(server, ids) {
      for (const { actor, id } of ids) known.set(key(server, actor), id);
      for (const oldest of known.keys()) {
        if (known.size <= MOST) break;
        known.delete(oldest);
      }
    },
    async forget(server, actor) {
      known.delete(key(server, actor));
    },
  };
}

/** The ids of accounts on the user's own server, found where they are not known: one request each. */
export type LocalIds = {
  /** Those that the server can find, by actor; what it can't find is not among them. */
  of(actors: string[]): Promise<Map<string, string>>;
  /** Throws `not_found`. */
  one(actor: string): Promise<string>;
  forget(actor: string): Promise<void>;
};

export function localIds(access: Access, known: KnownIds): LocalIds {
  const { server } = access.session;
  const of = async (actors: string[]): Promise<Map<string, string>> => {
    const found = await known.get(server, actors);
    for (const actor of actors) {
      if (found.has(actor)) continue;
      const id = await find(access, actor);
      if (id === null) continue;
      // At once: when the budget ends here, the next turn goes on here.
      await known.put(server, [{ actor, id }]);
      found.set(actor, id);
    }
    return found;
  };
  return {
    of,
    async one(actor) {
      const id = (await of([actor])).get(actor);
      if (id === undefined) throw new NetworkError('not_found');
      return id;
    },
    forget: (actor) => known.forget(server, actor),
  };
}

/** Asks by the actor's URI, which nobody else can have; the server fetches whom it does not know. */
async function find(access: Access, actor: string): Promise<string | null> {
  const answer = await access.use({ write: false, need: 'read:search' }, async (client) => {
    const read = searchSchema.safeParse(await client.v2.search.list({ q: actor, type: 'accounts', resolve: true }));
    if (!read.success) throw new Unreadable('no search result');
    return read.data;
  });
  const teller = { origin: access.session.server };
  return answer.accounts.find((one) => one !== null && actorOf(one, teller) === actor)?.id ?? null;
}
