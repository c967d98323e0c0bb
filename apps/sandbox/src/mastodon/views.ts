import type { Site } from '../site.ts';
import { countsOf, isFollowing } from './follows.ts';
import { type FediPerson, hostOf, uriOf, urlOf } from './people.ts';
import { localIdOf } from './refs.ts';
import type { Server } from './servers.ts';

/** An account as a server shows it. */
export function accountView(site: Site, server: Server, person: FediPerson): object {
  const own = person.server.index === server.index;
  const counts = countsOf(site, person);
  return {
    id: localIdOf(person.ref, server.index),
    username: person.username,
    acct: own ? person.username : `${person.username}@${hostOf(site, person.server)}`,
    display_name: person.displayName ?? '',
    locked: false,
    bot: false,
    group: false,
    created_at: '2024-05-01T00:00:00.000Z',
    note: '',
    url: urlOf(site, person),
    ...(server.tellsUri ? { uri: uriOf(site, person) } : {}),
    avatar: `${site.servers[server.index]}/avatars/original/missing.png`,
    followers_count: counts.followers,
    following_count: counts.following,
    statuses_count: 0,
    emojis: [],
    fields: [],
    ...(person.status === 'suspended' ? { suspended: true } : {}),
  };
}

/** How one person stands to another, as the first one's server tells them. */
export function relationshipView(site: Site, server: Server, by: FediPerson, to: FediPerson): object {
  const { fediverse } = site.state;
  const now = site.clock.now();
  return {
    id: localIdOf(to.ref, server.index),
    following: isFollowing(site, by.ref, to.ref),
    showing_reblogs: isFollowing(site, by.ref, to.ref),
    notifying: false,
    languages: null,
    followed_by: isFollowing(site, to.ref, by.ref),
    blocking: fediverse.blocks(by.ref).has(to.ref),
    blocked_by: fediverse.blocks(to.ref).has(by.ref),
    muting: fediverse.isMuting(by.ref, to.ref, now),
    muting_notifications: fediverse.isMuting(by.ref, to.ref, now),
    requested: false,
    requested_by: false,
    domain_blocking: false,
    endorsed: false,
    note: '',
  };
}
