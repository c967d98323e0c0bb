import type { Site } from '../site.ts';
import { hostOf, personByAcct, personByAddress, uriOf, urlOf } from './people.ts';
import type { Server } from './servers.ts';

/** /.well-known/webfinger: a server's own people only. Null when it has nobody of that name. */
export function webfinger(site: Site, server: Server, resource: string): object | null {
  const person = resource.startsWith('acct:')
    ? personByAcct(site, resource.slice('acct:'.length), server)
    : personByAddress(site, resource);
  if (person === null || person.server.index !== server.index || person.status === 'deleted') return null;
  return {
    subject: `acct:${person.username}@${hostOf(site, server)}`,
    aliases: [urlOf(site, person), uriOf(site, person)],
    links: [
      { rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: urlOf(site, person) },
      { rel: 'self', type: 'application/activity+json', href: uriOf(site, person) },
    ],
  };
}
