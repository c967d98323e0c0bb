import type { Action, CrowdKind } from '../../port.ts';

/** api/oauth-scopes of docs.joinmastodon.org. */

/** Proves whose an account is, since 4.3; before, what shows the account to itself. */
const PROOF = 'profile';
const OLD_PROOF = 'read:accounts';

/** What every action needs beside its own: finding others, and knowing who of them are one's own people. */
const COMMON = ['read:accounts', 'read:follows', 'read:search'];
const NEEDED: Record<Action, string[]> = {
  block: ['read:blocks', 'write:blocks'],
  mute: ['read:mutes', 'write:mutes'],
};

/** What crowds need that only an account may list. Reading posts means private ones too, so it is asked only where it is wanted. */
const FOR_CROWDS: Partial<Record<CrowdKind, string>> = { quoters: 'read:statuses', list: 'read:lists' };

/** The least for `rights` and `crowds`. `known` are the scopes that the server says it has, null where it does not say. */
export function scopeFor(
  rights: readonly Action[],
  known: readonly string[] | null,
  crowds: readonly CrowdKind[] = [],
): string {
  const more = crowds.flatMap((kind) => FOR_CROWDS[kind] ?? []);
  if (rights.length === 0 && more.length === 0) return known?.includes(PROOF) ? PROOF : OLD_PROOF;
  return [...COMMON, ...rights.flatMap((right) => NEEDED[right]), ...more].join(' ');
}

/** Crowds of those that only an account may list which a granted scope covers. */
export function crowdsIn(scope: string): CrowdKind[] {
  return (['quoters', 'list'] as const).filter((kind) => allows(scope, FOR_CROWDS[kind] ?? ''));
}

/** Everything that may ever be asked for: an app has to declare it when it is registered. */
export function declared(known: readonly string[] | null): string {
  const proof = known?.includes(PROOF) ? [PROOF] : [];
  return [...proof, ...COMMON, ...NEEDED.block, ...NEEDED.mute, ...Object.values(FOR_CROWDS)].join(' ');
}

export function rightsIn(scope: string): Action[] {
  return (['block', 'mute'] as const).filter((action) =>
    [...COMMON, ...NEEDED[action]].every((needed) => allows(scope, needed)),
  );
}

/** Whether a granted scope covers one: `write` covers `write:blocks`, and `follow` all of relations (deprecated in 3.5). */
export function allows(scope: string, needed: string): boolean {
  const granted = scope.split(/\s+/);
  if (granted.includes(needed) || granted.includes(needed.replace(/:.*/, ''))) return true;
  return granted.includes('follow') && /:(blocks|mutes|follows)$/.test(needed);
}

/** Whether far more is allowed than to block and mute: posting among it. */
export function isBroad(scope: string): boolean {
  return scope.split(/\s+/).includes('write');
}
