import { globSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Login, Made, Person, Posts } from '@secateur/networks/contract';
import type { Snac } from './start.ts';

/** The server's own name for somebody who is on it. */
export function nameOf({ nativeId }: Pick<Person, 'nativeId'>): string {
  return nativeId.split('/').at(-1) ?? '';
}

/**
 * What people write, by the server's own commands. It has none for liking, answering and deleting, and they are left undone, as
 * passing on is: its posts can't be named (e2e/snac/gaps.ts), so no reading of them comes so far.
 */
export function postsOn(server: Snac, newLogin: () => Promise<Login>): Posts {
  const lists = (by: Person) => globSync(join(server.home(nameOf(by)), 'list', '*.id'));
  return {
    author: newLogin,
    async write(by) {
      // Logged with its dots hidden.
      const said = server.command('note', nameOf(by), 'Some words').replaceAll('~', '.');
      const ref = /(http:\S+\/p\/[\d.]+)/.exec(said)?.[1];
      if (ref === undefined) throw new Error(`nothing was written: ${said}`);
      return { ref, links: [ref, `${ref}?`] };
    },
    like: async () => {},
    repost: async () => {},
    quote: async () => [],
    reply: async () => [{ ref: '', links: [] }],
    async mention(by, others, to) {
      const names = others.map(({ handle }) => `@${handle}`).join(' ');
      server.command(to === 'everybody' ? 'note' : 'note_mention', nameOf(by), names);
    },
    remove: async () => {},
    async list(by, title, members): Promise<Made> {
      const file = join(server.home(nameOf(by)), 'import', 'list.csv');
      writeFileSync(file, members.map(({ handle }) => `${title},${handle}\n`).join(''));
      server.command('import_list', nameOf(by), file);
      const id = basename(lists(by)[0] ?? '1234', '.id');
      const address = `http://${server.host}/lists/${id}`;
      return { ref: address, links: [address, `${address}/`] };
    },
    async removeList(_, by) {
      for (const file of lists(by)) rmSync(file);
    },
    takeDown: async (who) => server.removeUser(nameOf(who)),
  };
}
