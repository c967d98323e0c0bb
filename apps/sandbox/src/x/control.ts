import type { Site } from '../site.ts';
import type { XApp, XStatus } from './events.ts';
import { xNamed } from './named.ts';
import { followerOf, personByRef, type XPerson } from './people.ts';
import { listIdOf, postIdOf } from './posts.ts';
import type { Made } from './state.ts';

/** Somebody on X. `nativeId` is their number there, `handle` their username. */
export type XPersonView = { nativeId: string; handle: string; displayName: string | null; status: XStatus };
export type XHeldView = { nativeId: string; by: 'app' | 'hand' };
/** How the app stands, and micro-dollars that it was charged, in all and by what for. */
export type XAppView = XApp & { spent: number; charged: Record<string, number> };
export type XPostView = { id: string; url: string };

/** X behind the scenes. Names as commands take them. */
export type XControl = {
  /** Throws CommandError where there is none. */
  person(name: string): Promise<XPersonView>;
  /** An account's computed followers numbered `from` to `from + count - 1`, whatever their status. */
  followers(account: string, from: number, count: number): Promise<XPersonView[]>;
  held(account: string): Promise<{ blocks: XHeldView[]; mutes: XHeldView[] }>;
  /** What an account allowed the app, each consent by itself, and whether that is over. No tokens. */
  grants(account: string): Promise<{ scope: string; dead: boolean }[]>;
  app(): Promise<XAppView>;
  /** In the order they were added, with the link as people paste it. */
  posts(): Promise<XPostView[]>;
  lists(): Promise<XPostView[]>;
};

export function xControlOf(site: Site): XControl {
  const view = ({ id, username, name, status }: XPerson): XPersonView => ({
    nativeId: id,
    handle: username,
    displayName: name,
    status,
  });
  const heldView = (made: ReadonlyMap<number, Made>): XHeldView[] =>
    [...made].flatMap(([ref, { hand }]) => {
      const person = personByRef(site, ref);
      return person === null ? [] : [{ nativeId: person.id, by: hand ? 'hand' : 'app' } as const];
    });
  return {
    person: async (name) => view(xNamed(site, name)),
    followers: async (account, from, count) => {
      const owner = xNamed(site, account);
      return Array.from({ length: count }, (_, i) => followerOf(site, owner, from + i)).flatMap((person) =>
        person === null ? [] : [view(person)],
      );
    },
    held: async (account) => {
      const { ref } = xNamed(site, account);
      const { x } = site.state;
      return { blocks: heldView(x.held('block', ref)), mutes: heldView(x.held('mute', ref)) };
    },
    grants: async (account) => {
      const { ref } = xNamed(site, account);
      return site.state.x.grants.filter((one) => one.ref === ref).map(({ scope, dead }) => ({ scope, dead }));
    },
    app: async () => {
      const { x } = site.state;
      return { ...x.app, spent: x.spent, charged: Object.fromEntries(x.charged) };
    },
    posts: async () =>
      site.state.x.posts.map(({ index, author }) => {
        const username = personByRef(site, author)?.username ?? 'i';
        return { id: postIdOf(index), url: `https://x.com/${username}/status/${postIdOf(index)}` };
      }),
    lists: async () =>
      site.state.x.lists.map(({ index }) => ({ id: listIdOf(index), url: `https://x.com/i/lists/${listIdOf(index)}` })),
  };
}
