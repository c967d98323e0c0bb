import type { Site } from '../site.ts';
import { mix } from '../world/mix.ts';
import type { FediAccount, FediStatus } from './events.ts';
import { accountIndex, accountRef, placeIn, refOf } from './refs.ts';
import { SERVERS, type Server } from './servers.ts';
import { nameKey } from './state.ts';

/** Computed people of these servers are others than those of the rest of the world: their crowds are numbered from here. */
const CROWDS = 1 << 20;
const ENDING = '.sandbox.test';

/** Anybody, stored or computed, as they are now. */
export type FediPerson = {
  ref: number;
  server: Server;
  username: string;
  displayName: string | null;
  status: FediStatus;
  account: FediAccount | null;
};

/** Null when there never was anybody with this number. */
export function personByRef(site: Site, ref: number): FediPerson | null {
  const { fediverse, world } = site.state;
  const own = accountIndex(ref);
  if (own !== null) {
    const account = fediverse.accounts[own];
    const server = account === undefined ? undefined : SERVERS[account.server];
    if (account === undefined || server === undefined) return null;
    const { username, displayName } = account;
    return { ref, server, username, displayName, status: fediverse.statusOf(ref), account };
  }
  const { crowd, index } = placeIn(ref);
  const server = SERVERS[homeOf(crowd, index)];
  if (server === undefined || index >= (fediverse.accounts[crowd]?.followers ?? 0)) return null;
  const place = { crowd: CROWDS + crowd, index };
  const username = world.handleOf(place).slice(0, -ENDING.length).replaceAll('-', '_');
  return {
    ref,
    server,
    username,
    displayName: world.displayNameOf(place),
    status: fediverse.statusOf(ref),
    account: null,
  };
}

/** Whoever has this name on a server. */
export function personByUsername(site: Site, server: number, username: string): FediPerson | null {
  const { fediverse, world } = site.state;
  const account = fediverse.byName.get(nameKey(server, username));
  if (account !== undefined) return personByRef(site, accountRef(account.index));
  const place = world.placeOfHandle(`${username.toLowerCase().replaceAll('_', '-')}${ENDING}`);
  if (place === null || place.crowd < CROWDS) return null;
  const person = personByRef(site, refOf(place.crowd - CROWDS, place.index));
  return person?.server.index === server ? person : null;
}

/** Which server a computed person lives on. */
function homeOf(crowd: number, index: number): number {
  return mix(mix(crowd + 77) ^ index) % SERVERS.length;
}

export function originOf(site: Site, server: Server): string {
  return site.servers[server.index] ?? '';
}

export function hostOf(site: Site, server: Server): string {
  return originOf(site, server).replace(/^https?:\/\//, '');
}

export function uriOf(site: Site, person: FediPerson): string {
  return `${originOf(site, person.server)}/users/${person.username}`;
}

export function urlOf(site: Site, person: FediPerson): string {
  return `${originOf(site, person.server)}/@${person.username}`;
}

/** The person behind an actor's URI or the address of a profile. */
export function personByAddress(site: Site, address: string): FediPerson | null {
  const server = SERVERS.find((one) => address.startsWith(`${originOf(site, one)}/`));
  const username = server && /^\/(?:users\/|@)([A-Za-z0-9_]+)$/.exec(address.slice(originOf(site, server).length))?.[1];
  return server && username ? personByUsername(site, server.index, username) : null;
}

/** The person behind `user@host`, or `user` on the server asked. */
export function personByAcct(site: Site, acct: string, asked: Server): FediPerson | null {
  const [username = '', host] = acct.replace(/^@/, '').split('@');
  const server = host === undefined ? asked : SERVERS.find((one) => hostOf(site, one) === host.toLowerCase());
  return server === undefined ? null : personByUsername(site, server.index, username);
}

/** Whether a server knows somebody: its own people, and those it heard of. */
export function isKnown(site: Site, server: Server, { ref, server: home }: FediPerson): boolean {
  return home.index === server.index || site.state.fediverse.isKnown(server.index, ref);
}

/** The server hears of somebody. */
export function learn(site: Site, server: Server, person: FediPerson): void {
  if (!isKnown(site, server, person)) site.record({ t: 'fedi-known', server: server.index, ref: person.ref });
}
