import { CommandError } from '../control/command-error.ts';
import type { Site } from '../site.ts';
import type { Mark } from '../state/posts.ts';
import type { FediCommand } from './command.ts';
import { fediNamed, fediNamedMany } from './named.ts';
import { type FediPerson, learn, personByRef } from './people.ts';
import { type FediPost, learnPost, postNamed } from './post-names.ts';

/** Carries out one command about posts and lists. Throws CommandError. */
export function performPosts(site: Site, command: FediCommand): void {
  switch (command.do) {
    case 'fedi-post': {
      const { account, text, replyTo, quotes, mentions = [], visibility = 'public' } = command;
      const parent = replyTo === undefined ? null : postNamed(site, replyTo);
      const named = mentions.map((one) => fediNamed(site, one));
      const by = fediNamed(site, account);
      for (const one of named) learn(site, by.server, one);
      write(site, [by], text, parent, quotes === undefined ? null : postNamed(site, quotes), {
        ...(named.length === 0 ? {} : { mentions: named.map(({ ref }) => ref) }),
        ...(visibility === 'public' ? {} : { visibility }),
      });
      break;
    }
    case 'fedi-reply':
    case 'fedi-quote': {
      const about = postNamed(site, command.post);
      const [parent, quotes] = command.do === 'fedi-reply' ? [about, null] : [null, about];
      write(site, people(site, command.account), 'Look at this.', parent, quotes);
      break;
    }
    case 'fedi-like':
    case 'fedi-unlike':
      mark(site, 'like', command, command.do === 'fedi-like');
      break;
    case 'fedi-boost':
    case 'fedi-unboost':
      mark(site, 'repost', command, command.do === 'fedi-boost');
      break;
    case 'fedi-delete-post':
      site.record({ t: 'fedi-posts', change: { do: 'delete', id: postNamed(site, command.post).id } });
      break;
    case 'fedi-add-list': {
      const owner = fediNamed(site, command.account);
      const id = String(site.state.fediverse.lists.made + 1);
      const who = people(site, command.members);
      for (const one of who) learn(site, owner.server, one);
      const list = { id, key: id, owner: owner.ref, name: command.title, purpose: 'curatelist', behind: null } as const;
      site.record({ t: 'fedi-lists', change: { do: 'make', list } });
      site.record({ t: 'fedi-lists', change: { do: 'members', id, who: who.map(({ ref }) => ref), on: true } });
      break;
    }
    case 'fedi-delete-list': {
      if (site.state.fediverse.lists.get(command.list) === undefined)
        throw new CommandError(`there is no list ${command.list}`);
      site.record({ t: 'fedi-lists', change: { do: 'delete', id: command.list } });
      break;
    }
  }
}

function write(
  site: Site,
  by: FediPerson[],
  text: string,
  parent: FediPost | null,
  quotes: FediPost | null,
  more: Pick<FediPost, 'mentions' | 'visibility'> = {},
): void {
  const { posts } = site.state.fediverse;
  const at = site.clock.now();
  const root = parent === null ? null : (parent.root ?? parent.id);
  const made = by.map(({ ref }, i): FediPost => {
    const id = String(posts.made + 1 + i);
    return {
      id,
      key: id,
      author: ref,
      text,
      at,
      parent: parent?.id ?? null,
      root,
      quotes: quotes?.id ?? null,
      ...more,
    };
  });
  for (const about of [parent, quotes]) if (about !== null) meet(site, by, about);
  site.record({ t: 'fedi-posts', change: { do: 'write', posts: made } });
}

function mark(site: Site, kind: Mark, command: { account: string | string[]; post: string }, on: boolean): void {
  const post = postNamed(site, command.post);
  const by = people(site, command.account);
  meet(site, by, post);
  site.record({ t: 'fedi-posts', change: { do: 'mark', mark: kind, id: post.id, by: by.map(({ ref }) => ref), on } });
}

/** The servers of those who do something about a post have heard of it, and its own server of them. */
function meet(site: Site, by: FediPerson[], post: FediPost): void {
  const author = personByRef(site, post.author);
  const home = author?.server;
  for (const one of by) {
    learnPost(site, one.server, post);
    if (author !== null) learn(site, one.server, author);
    if (home !== undefined) learn(site, home, one);
  }
}

function people(site: Site, names: string | string[]): FediPerson[] {
  return [names].flat().flatMap((name) => fediNamedMany(site, name));
}
