import { CommandError } from '../control/command-error.ts';
import type { Site } from '../site.ts';
import type { FediCommand } from './command.ts';
import type { FediAccount } from './events.ts';
import { setFollow } from './follows.ts';
import { fediNamed } from './named.ts';
import { revokeAll } from './oauth/token.ts';
import { learn } from './people.ts';
import { performPosts } from './perform-posts.ts';
import { setBlock, setMute } from './relations.ts';
import { serverByName } from './servers.ts';
import { nameKey } from './state.ts';

/** Carries out one command. Throws CommandError. */
export function performFedi(site: Site, command: FediCommand): void {
  switch (command.do) {
    case 'add-fedi-accounts':
      add(site, command.accounts);
      break;
    case 'fedi-follow':
    case 'fedi-unfollow':
      each(site, command, (by, subject) => setFollow(site, by, subject, command.do === 'fedi-follow'));
      break;
    case 'fedi-block':
    case 'fedi-unblock':
      each(site, command, (by, subject) => setBlock(site, by, subject, command.do === 'fedi-block', true));
      break;
    case 'fedi-mute':
    case 'fedi-unmute':
      each(site, command, (by, subject) =>
        setMute(site, by, subject, command.do === 'fedi-mute', { hand: true, until: null }),
      );
      break;
    case 'fedi-post':
    case 'fedi-reply':
    case 'fedi-quote':
    case 'fedi-like':
    case 'fedi-unlike':
    case 'fedi-boost':
    case 'fedi-unboost':
    case 'fedi-delete-post':
    case 'fedi-add-list':
    case 'fedi-delete-list':
      performPosts(site, command);
      break;
    case 'fedi-status':
      site.record({ t: 'fedi-status', ref: fediNamed(site, command.account).ref, status: command.status });
      break;
    case 'fedi-revoke':
      revokeAll(site, fediNamed(site, command.account).ref);
      break;
    case 'fedi-forget-apps':
      for (const app of site.state.fediverse.apps.values())
        if (app.server === serverByName(command.server)?.index) site.record({ t: 'fedi-app', ...app, gone: true });
      break;
  }
}

/** What somebody does to others by hand they do on their own server, which knows them then. */
function each(
  site: Site,
  { account, subject }: { account: string; subject: string | string[] },
  make: (by: number, subject: number) => void,
): void {
  const by = fediNamed(site, account);
  for (const name of [subject].flat()) {
    const other = fediNamed(site, name);
    learn(site, by.server, other);
    make(by.ref, other.ref);
  }
}

function add(site: Site, accounts: (FediCommand & { do: 'add-fedi-accounts' })['accounts']): void {
  const { fediverse } = site.state;
  const first = fediverse.accounts.length;
  const taken = new Set<string>();
  const made = accounts.map(({ server, ...account }, i): FediAccount => {
    const index = serverByName(server)?.index ?? 0;
    const key = nameKey(index, account.username);
    if (fediverse.byName.has(key) || taken.has(key)) throw new CommandError(`${account.username}@${server} is taken`);
    taken.add(key);
    return { ...account, server: index, index: first + i };
  });
  if (made.length > 0) site.record({ t: 'fedi-accounts', accounts: made });
}
