import type { PreviewInput } from '../shields/schemas.ts';

type Around = { account?: boolean; followers?: boolean };

/** Somebody on Bluesky and whoever follows them, or one of the two. */
export function around(query: string, { account = true, followers = true }: Around = {}): PreviewInput['sources'] {
  const kinds = [...(account ? (['account'] as const) : []), ...(followers ? (['followers'] as const) : [])];
  return kinds.map((kind) => ({ kind, network: 'bluesky', query }));
}
