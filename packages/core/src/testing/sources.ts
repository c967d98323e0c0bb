import { networkNamed } from '../oauth/policy/index.ts';
import type { PreviewInput } from '../shields/schemas.ts';

type Around = { account?: boolean; followers?: boolean };

/** Somebody and whoever follows them, or one of the two; on Bluesky, unless they are named as one is on Mastodon. */
export function around(query: string, { account = true, followers = true }: Around = {}): PreviewInput['sources'] {
  const kinds = [...(account ? (['account'] as const) : []), ...(followers ? (['followers'] as const) : [])];
  const network = networkNamed(query) ?? 'bluesky';
  return kinds.map((kind) => ({ kind, network, query }));
}
