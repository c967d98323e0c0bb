import { CommandError } from '../control/command-error.ts';
import type { Site } from '../site.ts';
import type { XCommand } from './command.ts';
import { setFollow } from './follows.ts';
import { xNamed } from './named.ts';
import { revokeAll } from './oauth/token.ts';
import { performXPosts } from './perform-posts.ts';
import { setHeld } from './relations.ts';

/** Carries out one command. Throws CommandError. */
export function performX(site: Site, command: XCommand): void {
  switch (command.do) {
    case 'add-x-accounts':
      add(site, command.accounts);
      break;
    case 'x-follow':
    case 'x-unfollow':
      each(site, command, (by, subject) => setFollow(site, by, subject, command.do === 'x-follow'));
      break;
    case 'x-block':
    case 'x-unblock':
      each(site, command, (by, subject) => setHeld(site, 'block', by, subject, command.do === 'x-block', true));
      break;
    case 'x-mute':
    case 'x-unmute':
      each(site, command, (by, subject) => setHeld(site, 'mute', by, subject, command.do === 'x-mute', true));
      break;
    case 'x-status':
      site.record({ t: 'x-status', ref: xNamed(site, command.account).ref, status: command.status });
      break;
    case 'x-revoke':
      revokeAll(site, xNamed(site, command.account).ref);
      break;
    case 'add-x-post':
    case 'x-like':
    case 'x-repost':
    case 'x-quote':
    case 'x-reply':
    case 'x-delete-post':
    case 'add-x-list':
    case 'x-delete-list':
      performXPosts(site, command);
      break;
    case 'x-app': {
      const { do: _, ...changed } = command;
      site.record({ t: 'x-app', app: { ...site.state.x.app, ...defined(changed) } });
      break;
    }
  }
}

function each(
  site: Site,
  { account, subject }: { account: string; subject: string | string[] },
  make: (by: number, subject: number) => void,
): void {
  const by = xNamed(site, account);
  for (const name of [subject].flat()) make(by.ref, xNamed(site, name).ref);
}

function add(site: Site, accounts: (XCommand & { do: 'add-x-accounts' })['accounts']): void {
  const { x } = site.state;
  const taken = new Set<string>();
  for (const { username } of accounts) {
    const key = username.toLowerCase();
    if (x.byName.has(key) || taken.has(key)) throw new CommandError(`${username} is taken on X`);
    taken.add(key);
  }
  const first = x.accounts.length;
  const made = accounts.map((account, i) => ({ ...account, index: first + i }));
  if (made.length > 0) site.record({ t: 'x-accounts', accounts: made });
}

function defined<T extends object>(from: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as never;
}
