import type { Site } from '../site.ts';
import { LIST, POST, STARTER_PACK } from '../state/events.ts';
import type { ListRow } from '../state/lists.ts';
import type { Mark, Post } from '../state/posts.ts';
import { CommandError } from './command-error.ts';
import { named, namedMany } from './named.ts';
import type { PostCommand } from './post-commands.ts';

/** Carries out one command about posts and lists. Throws CommandError. */
export function performPosts(site: Site, command: PostCommand): void {
  switch (command.do) {
    case 'post': {
      const { did } = named(site.state, command.account);
      const { key, text } = command;
      const parent = command.replyTo === undefined ? null : postNamed(site, command.replyTo);
      const quotes = command.quotes === undefined ? null : postNamed(site, command.quotes).id;
      const mentions = dids(site, command.mentions ?? []);
      write(site, [{ did, key: key ?? site.newTid(), text, parent, quotes, mentions }]);
      break;
    }
    case 'reply':
    case 'quote': {
      const about = postNamed(site, command.post);
      const how = command.do === 'reply' ? { parent: about, quotes: null } : { parent: null, quotes: about.id };
      write(
        site,
        dids(site, command.account).map((did) => ({ did, key: site.newTid(), text: 'Look at this.', ...how })),
      );
      break;
    }
    case 'like':
    case 'unlike':
      mark(site, 'like', command, command.do === 'like');
      break;
    case 'repost':
    case 'unrepost':
      mark(site, 'repost', command, command.do === 'repost');
      break;
    case 'delete-post':
      site.record({ t: 'posts', change: { do: 'delete', id: postNamed(site, command.post).id } });
      break;
    case 'detach-quote':
      site.record({ t: 'posts', change: { do: 'detach', id: postNamed(site, command.post).id } });
      break;
    case 'add-list': {
      const { account, key, name, purpose } = command;
      const id = make(site, { account, key, name, purpose, behind: null });
      site.record({ t: 'lists', change: { do: 'members', id, who: dids(site, command.members), on: true } });
      break;
    }
    case 'add-starter-pack': {
      const { account, key, name } = command;
      const behind = listNamed(site, command.list).id;
      make(site, { account, key, name, purpose: 'referencelist', behind });
      break;
    }
    case 'add-to-list':
    case 'take-from-list': {
      const { id } = listNamed(site, command.list);
      const on = command.do === 'add-to-list';
      site.record({ t: 'lists', change: { do: 'members', id, who: dids(site, command.subject), on } });
      break;
    }
    case 'delete-list':
      site.record({ t: 'lists', change: { do: 'delete', id: listNamed(site, command.list).id } });
      break;
  }
}

type Draft = {
  did: string;
  key: string;
  text: string;
  parent: Post<string> | null;
  quotes: string | null;
  mentions?: string[];
};

function write(site: Site, drafts: Draft[]): void {
  const at = site.clock.now();
  const posts = drafts.map(({ did, key, text, parent, quotes, mentions = [] }): Post<string> => {
    const id = `at://${did}/${POST}/${key}`;
    if (site.state.posts.get(id) !== undefined) throw new CommandError(`there is a post ${key} already`);
    const root = parent === null ? null : (parent.root ?? parent.id);
    const named = mentions.length === 0 ? {} : { mentions };
    return { id, key, author: did, text, at, parent: parent?.id ?? null, root, quotes, ...named };
  });
  site.record({ t: 'posts', change: { do: 'write', posts } });
}

function mark(site: Site, kind: Mark, command: { account: string | string[]; post: string }, on: boolean): void {
  const { id } = postNamed(site, command.post);
  site.record({ t: 'posts', change: { do: 'mark', mark: kind, id, by: dids(site, command.account), on } });
}

function make(
  site: Site,
  {
    account,
    key = site.newTid(),
    ...list
  }: { account: string; key: string | undefined } & Omit<ListRow<string>, 'id' | 'key' | 'owner'>,
): string {
  const { did } = named(site.state, account);
  const id = `at://${did}/${list.behind === null ? LIST : STARTER_PACK}/${key}`;
  if (site.state.lists.get(id) !== undefined) throw new CommandError(`there is a list ${key} already`);
  site.record({ t: 'lists', change: { do: 'make', list: { id, key, owner: did, ...list } } });
  return id;
}

function postNamed(site: Site, name: string): Post<string> {
  const post = site.state.posts.get(uriIn(site, name, POST));
  if (post === undefined) throw new CommandError(`there is no post ${name}`);
  return post;
}

function listNamed(site: Site, name: string): ListRow<string> {
  const list = site.state.lists.get(uriIn(site, name, LIST));
  if (list === undefined) throw new CommandError(`there is no list ${name}`);
  return list;
}

function uriIn(site: Site, name: string, collection: string): string {
  if (name.startsWith('at://')) return name;
  const at = name.lastIndexOf('/');
  return `at://${named(site.state, name.slice(0, at)).did}/${collection}/${name.slice(at + 1)}`;
}

function dids(site: Site, names: string | string[]): string[] {
  return [names].flat().flatMap((name) => namedMany(site.state, name).map(({ did }) => did));
}
