import { NetworkError } from '../port.ts';
import { Refused } from './errors.ts';
import type { Hosts } from './hosts.ts';
import type { Named } from './query.ts';
import { fingerSchema } from './schemas.ts';
import { isJson, jsonOf, type Send } from './send.ts';

/** Who somebody is: the actor's URI, and the handle that both its domain and its server agree on. */
export type Found = { uri: string; user: string; domain: string; origin: string };

const PATH = '/.well-known/webfinger';
const ACTIVITY = /^application\/(activity\+json|ld\+json)/;

/**
 * Finds accounts by WebFinger (RFC 7033), which every server of the fediverse answers without credentials. Domain and server
 * may differ (`alice@example.org` at `social.example.org`): each is asked about the other, so that nobody can lend their name to
 * another's account. Throws `not_found`, `down`, `limited`.
 */
export function finger(send: Send, hosts: Hosts) {
  const ask = async (origin: string, resource: string) => {
    const url = new URL(PATH, origin);
    url.searchParams.set('resource', resource);
    let response = await send(url);
    const moved = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    // Once: a domain whose server is elsewhere is told to send WebFinger there (docs.joinmastodon.org, WEB_DOMAIN).
    if (moved !== null) response = await send(elsewhere(moved, url));
    if ([400, 404, 410, 422].includes(response.status)) throw new NetworkError('not_found');
    if (!response.ok) throw new Refused(response.status, response.headers, { json: isJson(response), paging: false });
    const read = fingerSchema.safeParse(await jsonOf(response));
    // A page for people in place of an answer: this is no server of the fediverse.
    if (!read.success) throw new NetworkError('not_found');
    const { subject, links } = read.data;
    const self = links.find((link) => link.rel === 'self' && ACTIVITY.test(link.type ?? '') && link.href);
    const [user = '', domain = ''] = subject.replace(/^acct:/, '').split('@');
    if (!self?.href || user === '' || domain === '') throw new NetworkError('not_found');
    return { uri: self.href, user, domain: domain.toLowerCase(), origin: hosts.serverOf(self.href) };
  };
  const elsewhere = (location: string, from: URL): URL => {
    const to = URL.canParse(location, from) ? new URL(location, from) : null;
    if (to?.pathname !== PATH) throw new NetworkError('not_found');
    return new URL(`${PATH}${to.search}`, hosts.originOf(to.host));
  };

  const byHandle = async (user: string, host: string): Promise<Found> => {
    const found = await ask(hosts.originOf(host), `acct:${user}@${host}`);
    const agrees = async (origin: string) => {
      const said = await ask(origin, `acct:${found.user}@${found.domain}`);
      if (said.uri !== found.uri || said.user !== found.user || said.domain !== found.domain)
        throw new NetworkError('not_found');
    };
    const asked = hosts.originOf(host);
    const domain = hosts.originOf(found.domain);
    if (found.origin !== asked) await agrees(found.origin);
    if (domain !== asked && domain !== found.origin) await agrees(domain);
    return found;
  };
  const byUri = async (uri: string): Promise<Found> => {
    const origin = hosts.serverOf(uri);
    const found = await ask(origin, uri);
    if (found.origin !== origin) throw new NetworkError('not_found');
    if (hosts.originOf(found.domain) === origin) return found;
    const named = await byHandle(found.user, found.domain);
    if (named.uri !== found.uri) throw new NetworkError('not_found');
    return named;
  };
  return {
    byHandle,
    byUri,
    find: (named: Named) => ('uri' in named ? byUri(named.uri) : byHandle(named.user, named.host)),
  };
}
export type Finger = ReturnType<typeof finger>;
