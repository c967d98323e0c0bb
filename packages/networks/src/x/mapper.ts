import type { LimitReport, PublicProfile, Relation } from '../port.ts';
import { WINDOWS } from './limits.ts';
import type { User } from './schemas.ts';

const LONGEST_NAME = 200;

/** What has to be asked for to fill a profile. */
export const PROFILE_FIELDS = 'public_metrics,verified_type';

export function toProfile({
  id,
  username,
  name,
  public_metrics: counts,
  verified_type: verified,
}: User): PublicProfile {
  return {
    nativeId: id,
    handle: username,
    displayName: name ? name.slice(0, LONGEST_NAME) : null,
    followers: counts?.followers_count ?? null,
    following: counts?.following_count ?? null,
    // What people buy (blue) says nothing of who they are.
    verified: verified === undefined ? null : verified === 'business' || verified === 'government',
  };
}

/** How somebody stands to whoever asked. Whom X does not show can't be one of their own people. */
export function toRelation(nativeId: string, user: User | undefined): Relation {
  const said = new Set(user?.connection_status);
  return {
    nativeId,
    follows: said.has('following'),
    followedBy: said.has('followed_by'),
    held: [...(said.has('blocking') ? (['block'] as const) : []), ...(said.has('muting') ? (['mute'] as const) : [])],
  };
}

/** The window as the answer tells it, null where it does not. All windows that have these headers are of 15 minutes. */
export function toReport(headers: Headers, now: Date): LimitReport | null {
  const limit = numberIn(headers, 'x-rate-limit-limit');
  const remaining = numberIn(headers, 'x-rate-limit-remaining');
  const reset = numberIn(headers, 'x-rate-limit-reset');
  const seconds = WINDOWS[0]?.seconds ?? 0;
  if (limit === null || remaining === null || reset === null) return null;
  if (reset * 1_000 - now.getTime() > (seconds + 1) * 1_000) return null;
  return { limit, windowSeconds: seconds, remaining: Math.max(0, remaining), resetAt: new Date(reset * 1_000) };
}

function numberIn(headers: Headers, name: string): number | null {
  const text = headers.get(name);
  const number = Number(text);
  return text === null || text === '' || !Number.isInteger(number) ? null : number;
}
