import type { Site } from '../site.ts';
import type { FediStatus } from './events.ts';
import { fediNamed } from './named.ts';
import { type FediPerson, hostOf, originOf, personByRef, uriOf } from './people.ts';
import { type FediListInfo, type FediPostInfo, fediLists, fediPosts } from './post-infos.ts';
import { refOf } from './refs.ts';
import { SERVERS, type Server } from './servers.ts';
import type { Made } from './state.ts';

/** Somebody on the servers: who they are to everybody, and how people write their name. */
export type FediPersonView = { nativeId: string; handle: string; displayName: string | null; status: FediStatus };
export type ServerView = Server & { origin: string };
/** A block or a mute as its server has it now. `until` in milliseconds, null for ever. */
export type FediHeldView = { nativeId: string; by: 'app' | 'hand'; until: number | null };

/** The servers that speak Mastodon's API, behind the scenes. Names as commands take them. */
export type FediControl = {
  servers(): Promise<ServerView[]>;
  /** Throws CommandError where there is none. */
  person(name: string): Promise<FediPersonView>;
  /** An account's computed followers numbered `from` to `from + count - 1`, whatever their status. */
  followers(account: string, from: number, count: number): Promise<FediPersonView[]>;
  /** Every post that is there, oldest first. */
  posts(): Promise<FediPostInfo[]>;
  /** Every list, oldest first. `address` is where its owner sees it. */
  lists(): Promise<FediListInfo[]>;
  held(account: string): Promise<{ blocks: FediHeldView[]; mutes: FediHeldView[] }>;
};

export function fediControlOf(site: Site): FediControl {
  const view = (person: FediPerson): FediPersonView => ({
    nativeId: uriOf(site, person),
    handle: `${person.username}@${hostOf(site, person.server)}`,
    displayName: person.displayName,
    status: person.status,
  });
  const heldView = (made: ReadonlyMap<number, Made>): FediHeldView[] =>
    [...made].flatMap(([ref, { hand, until }]) => {
      const person = personByRef(site, ref);
      return person === null ? [] : [{ nativeId: uriOf(site, person), by: hand ? 'hand' : 'app', until } as const];
    });
  return {
    servers: async () => SERVERS.map((server) => ({ ...server, origin: originOf(site, server) })),
    person: async (name) => view(fediNamed(site, name)),
    followers: async (account, from, count) => {
      const crowd = fediNamed(site, account).account?.index;
      return Array.from({ length: count }, (_, i) =>
        crowd === undefined ? null : personByRef(site, refOf(crowd, from + i)),
      ).flatMap((person) => (person === null ? [] : [view(person)]));
    },
    posts: async () => fediPosts(site),
    lists: async () => fediLists(site),
    held: async (account) => {
      const { ref } = fediNamed(site, account);
      const { fediverse } = site.state;
      return {
        blocks: heldView(fediverse.blocks(ref)),
        mutes: heldView(fediverse.mutes(ref, site.clock.now())),
      };
    },
  };
}
