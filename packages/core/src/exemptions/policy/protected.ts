import { profileId } from '@secateur/base';

/**
 * Official and moderation accounts that no shield hits: blocking a moderation service turns its labels off.
 * DIDs as published in the network's own client: bluesky-social/atproto, packages/api/src/const.ts (moderation) and
 * bluesky-social/social-app, src/lib/constants.ts (the company's accounts).
 */
const BLUESKY = ['did:plc:ar7c4by46qjdydhdevvrndac', 'did:plc:z72i7hdynmk6r22z27h6tvur'];

/** Ids of the profiles that are spared by every shield. */
export const PROTECTED: readonly string[] = BLUESKY.map((did) => profileId('bluesky', did));
