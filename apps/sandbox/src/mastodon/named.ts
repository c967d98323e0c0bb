import { CommandError } from '../control/command-error.ts';
import type { Site } from '../site.ts';
import { type FediPerson, hostOf, personByAddress, personByRef, personByUsername } from './people.ts';
import { refOf } from './refs.ts';
import { SERVERS, serverByName } from './servers.ts';

/** The person that a command names. Throws CommandError where there is none. */
export function fediNamed(site: Site, name: string): FediPerson {
  const [handle = '', number] = name.split('#');
  const owner = byName(site, handle.replace(/^@/, ''));
  if (owner === null) throw new CommandError(`nobody here is called ${name}`);
  if (number === undefined) return owner;
  const index = Number(number);
  const crowd = owner.account?.index;
  const follower =
    crowd === undefined || !Number.isInteger(index) || index < 0 ? null : personByRef(site, refOf(crowd, index));
  if (follower === null) throw new CommandError(`${handle} has no computed follower number ${number}`);
  return follower;
}

function byName(site: Site, name: string): FediPerson | null {
  if (/^https?:/.test(name)) return personByAddress(site, name);
  const [username = '', host = ''] = name.split('@');
  const server = serverByName(host) ?? SERVERS.find((one) => hostOf(site, one) === host);
  return server === undefined ? null : personByUsername(site, server.index, username);
}

/** Likewise, where "alice@harbour#0-99" names a hundred. */
export function fediNamedMany(site: Site, name: string): FediPerson[] {
  const [, handle, first, last] = /^([^#]+)#(\d+)-(\d+)$/.exec(name) ?? [];
  if (handle === undefined) return [fediNamed(site, name)];
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => fediNamed(site, `${handle}#${Number(first) + i}`));
}
