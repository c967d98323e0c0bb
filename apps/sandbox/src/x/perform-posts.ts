import { CommandError } from '../control/command-error.ts';
import type { Site } from '../site.ts';
import type { XCommand } from './command.ts';
import type { XPost } from './events.ts';
import { xNamed } from './named.ts';
import { listById, postById } from './posts.ts';

type PostCommand = Extract<
  XCommand,
  {
    do: 'add-x-post' | 'x-like' | 'x-repost' | 'x-quote' | 'x-reply' | 'x-delete-post' | 'add-x-list' | 'x-delete-list';
  }
>;

/** Carries out one command about posts and lists. Throws CommandError. */
export function performXPosts(site: Site, command: PostCommand): void {
  const refs = (names: string[]) => names.map((name) => xNamed(site, name).ref);
  switch (command.do) {
    case 'add-x-post': {
      const { author, text, likers, reposters } = command;
      const post = { author: xNamed(site, author).ref, text, likers: refs(likers), reposters: refs(reposters) };
      const index = write(site, post);
      for (const by of refs(command.quoters)) write(site, { author: by, quotes: index });
      for (const by of refs(command.repliers)) write(site, { author: by, answers: index });
      break;
    }
    case 'x-like':
    case 'x-repost': {
      const post = named(site, command.post);
      const which = command.do === 'x-like' ? 'likers' : 'reposters';
      site.record({ t: 'x-post', post: { ...post, [which]: [...post[which], ...refs(command.account)] } });
      break;
    }
    case 'x-quote':
    case 'x-reply': {
      const { index } = named(site, command.post);
      for (const author of refs(command.account))
        write(site, { author, ...(command.do === 'x-quote' ? { quotes: index } : { answers: index }) });
      break;
    }
    case 'x-delete-post':
      site.record({ t: 'x-post', post: { ...named(site, command.post), gone: true } });
      break;
    case 'add-x-list': {
      const { owner, name, members } = command;
      const index = site.state.x.lists.length;
      const list = { index, owner: xNamed(site, owner).ref, name, members: refs(members), gone: false };
      site.record({ t: 'x-list', list });
      break;
    }
    case 'x-delete-list': {
      const list = listById(site, command.list);
      if (list === null) throw new CommandError(`there is no list ${command.list} on X`);
      site.record({ t: 'x-list', list: { ...list, gone: true } });
      break;
    }
  }
}

function write(site: Site, post: Pick<XPost, 'author'> & Partial<XPost>): number {
  const index = site.state.x.posts.length;
  const empty = { text: '', answers: null, quotes: null, likers: [], reposters: [], gone: false };
  site.record({ t: 'x-post', post: { ...empty, ...post, index, at: site.clock.now() } });
  return index;
}

function named(site: Site, id: string): XPost {
  const post = postById(site, id);
  if (post === null) throw new CommandError(`there is no post ${id} on X`);
  return post;
}
