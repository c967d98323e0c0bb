import type { Action } from '../../port.ts';

/** fundamentals/authentication/oauth-2-0/authorization-code of docs.x.com. */

/** Shows the account to itself: both are needed for GET /2/users/me. */
const PROOF = ['users.read', 'tweet.read'];
/** What every action needs beside its own: lasting, and knowing who of others are one's own people. */
const COMMON = ['follows.read', 'offline.access'];
const NEEDED: Record<Action, string[]> = {
  block: ['block.read', 'block.write'],
  mute: ['mute.read', 'mute.write'],
};

/** The least for `rights`. */
export function scopeFor(rights: readonly Action[]): string {
  if (rights.length === 0) return PROOF.join(' ');
  return [...PROOF, ...COMMON, ...rights.flatMap((right) => NEEDED[right])].join(' ');
}

export function rightsIn(scope: string): Action[] {
  return (['block', 'mute'] as const).filter((action) =>
    [...PROOF, ...COMMON, ...NEEDED[action]].every((needed) => allows(scope, needed)),
  );
}

export function allows(scope: string, needed: string): boolean {
  return scope.split(/\s+/).includes(needed);
}
