import { BLOCK, FOLLOW } from '../state/events.ts';
import { countsOf, followKey, type Person } from '../state/people.ts';
import type { State } from '../state/state.ts';

/** How the viewer stands to a person, as profile views carry it. */
function viewerState(state: State, viewer: string, did: string): object {
  return {
    muted: state.mutes(viewer).has(did),
    blockedBy: state.blocks(did, viewer),
    ...standing(state, viewer, did),
  };
}

/** The records by which two people follow and block one another, seen from the first; absent where there are none. */
export function standing(state: State, from: string, to: string) {
  const blocking = state.repo(from).blocks.keyFor(to);
  const following = followKey(state, from, to);
  const followedBy = followKey(state, to, from);
  return {
    ...(blocking === undefined ? {} : { blocking: uriOf(from, BLOCK, blocking) }),
    ...(following === null ? {} : { following: uriOf(from, FOLLOW, following) }),
    ...(followedBy === null ? {} : { followedBy: uriOf(to, FOLLOW, followedBy) }),
  };
}

function uriOf(did: string, collection: string, key: string): string {
  return `at://${did}/${collection}/${key}`;
}

/** Who vouches is not played. */
const VERIFIED = { verifications: [], verifiedStatus: 'valid', trustedVerifierStatus: 'none' };

export function profileView(state: State, person: Person, viewer: string | null): object {
  return {
    did: person.did,
    handle: person.handle,
    ...(person.displayName === null ? {} : { displayName: person.displayName }),
    ...(viewer === null ? {} : { viewer: viewerState(state, viewer, person.did) }),
    labels: [],
    ...(person.account?.verified ? { verification: VERIFIED } : {}),
  };
}

export function profileViewDetailed(state: State, person: Person, viewer: string | null): object {
  const counts = countsOf(state, person);
  return {
    ...profileView(state, person, viewer),
    followersCount: counts.followers,
    followsCount: counts.follows,
    postsCount: counts.posts,
  };
}
