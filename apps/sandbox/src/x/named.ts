import { CommandError } from '../control/command-error.ts';
import type { Site } from '../site.ts';
import { followerOf, personById, personByUsername, type XPerson } from './people.ts';

/** The person that a command names: `loud`, an id, or `loud#17`. Throws CommandError where there is none. */
export function xNamed(site: Site, name: string): XPerson {
  const [who = '', number] = name.split('#');
  const owner = personById(site, who) ?? personByUsername(site, who.replace(/^@/, ''));
  if (owner === null) throw new CommandError(`nobody on X is called ${name}`);
  if (number === undefined) return owner;
  const follower = followerOf(site, owner, Number(number));
  if (follower === null) throw new CommandError(`${who} has no computed follower number ${number}`);
  return follower;
}
