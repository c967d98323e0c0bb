import type { Call } from './call.ts';
import { countsOf, isFollowing } from './follows.ts';
import type { XPerson } from './people.ts';

/** Somebody as X shows them: `id`, `name`, `username`, and what `user.fields` asks for. What is empty is not written. */
export function userView(call: Call, person: XPerson, viewer: XPerson | null): object {
  const { site, params } = call;
  const fields = new Set((params.get('user.fields') ?? '').split(','));
  const counts = countsOf(site, person);
  const standing = viewer === null || call.untold ? [] : standingOf(call, viewer, person);
  return {
    id: person.id,
    name: person.name,
    username: person.username,
    ...(fields.has('public_metrics')
      ? {
          public_metrics: {
            followers_count: counts.followers,
            following_count: counts.following,
            tweet_count: 0,
            listed_count: 0,
          },
        }
      : {}),
    ...(fields.has('protected') ? { protected: person.account?.protected ?? false } : {}),
    ...(fields.has('verified_type') ? { verified_type: person.account?.verified ? 'government' : 'none' } : {}),
    ...(fields.has('connection_status') && standing.length > 0 ? { connection_status: standing } : {}),
  };
}

function standingOf({ site }: Call, viewer: XPerson, other: XPerson): string[] {
  const { x } = site.state;
  return [
    ...(isFollowing(site, viewer.ref, other.ref) ? ['following'] : []),
    ...(isFollowing(site, other.ref, viewer.ref) ? ['followed_by'] : []),
    ...(x.held('block', viewer.ref).has(other.ref) ? ['blocking'] : []),
    ...(x.held('mute', viewer.ref).has(other.ref) ? ['muting'] : []),
  ];
}
