import { type Person, personByDid, personByName } from '../state/people.ts';
import type { State } from '../state/state.ts';
import { CommandError } from './command-error.ts';

/** The person that a command names: by handle, by DID, or as "handle#17". Throws CommandError where there is none. */
export function named(state: State, name: string): Person {
  const [handle = '', number] = name.split('#');
  const owner = personByName(state, handle);
  if (number === undefined && owner !== null) return owner;
  const index = Number(number);
  const { account } = owner ?? { account: null };
  if (account === null || !Number.isInteger(index)) throw new CommandError(`nobody here is called ${name}`);
  const follower = personByDid(state, state.world.didOf(account.index, index));
  if (follower === null) throw new CommandError(`${handle} has only ${account.followers} computed followers`);
  return follower;
}

/** Likewise, where "handle#0-99" names a hundred. */
export function namedMany(state: State, name: string): Person[] {
  const [, handle, first, last] = /^([^#]+)#(\d+)-(\d+)$/.exec(name) ?? [];
  if (handle === undefined) return [named(state, name)];
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => named(state, `${handle}#${Number(first) + i}`));
}
