import { isValidDid } from '@atproto/syntax';
import { z } from 'zod';
import type { Talk, TalkPage } from '../port.ts';
import type { Access } from './access.ts';
import { PAGE } from './limits.ts';
import { POST } from './record-query.ts';
import { madeAt } from './tid.ts';

/**
 * Of a post only whom it answers and whom it mentions, not what it says: lexicons/app/bsky/feed/post.json and
 * richtext/facet.json. What can't be read of it is passed over.
 */
const postSchema = z.object({
  createdAt: z.string(),
  reply: z
    .object({ parent: z.object({ uri: z.string() }) })
    .nullish()
    .catch(null),
  facets: z
    .array(
      z
        .object({ features: z.array(z.object({ did: z.string().optional() })) })
        .nullable()
        .catch(null),
    )
    .nullish()
    .catch(null),
});

/**
 * One page of the account's own posts, straight from its repository, the newest first: they are public, and no token is used. The
 * list goes on for as long as a page has anything that was made since.
 */
export async function talked(access: Access, since: Date, cursor: string | null): Promise<TalkPage> {
  const { data } = await access.open((client) =>
    client.com.repo.listRecords({
      repo: access.did,
      collection: POST,
      limit: PAGE,
      ...(cursor === null ? {} : { cursor }),
    }),
  );
  const talks = data.records.map(({ uri, value }) => talksIn(uri, value));
  const recent = talks.filter(({ at }) => at !== null && at >= since);
  const items = recent.flatMap(({ at, with: others }): Talk[] =>
    at === null ? [] : others.filter((did) => did !== access.did).map((nativeId) => ({ nativeId, at })),
  );
  return { items, cursor: recent.length === 0 ? null : (data.cursor ?? null) };
}

/** The later of when its writer says it was made and when its key was: what is brought from elsewhere has old dates. */
function talksIn(uri: string, value: unknown): { at: Date | null; with: string[] } {
  const read = postSchema.safeParse(value);
  if (!read.success) return { at: madeAt(keyIn(uri)), with: [] };
  const { createdAt, reply, facets } = read.data;
  const times = [Date.parse(createdAt), madeAt(keyIn(uri))?.getTime() ?? Number.NaN].filter(Number.isFinite);
  const answered = /^at:\/\/([^/]+)\//.exec(reply?.parent.uri ?? '')?.[1];
  const mentioned = (facets ?? []).flatMap((facet) => facet?.features.flatMap(({ did }) => did ?? []) ?? []);
  const others = [...new Set([...(answered === undefined ? [] : [answered]), ...mentioned])].filter(isValidDid);
  return { at: times.length === 0 ? null : new Date(Math.max(...times)), with: others };
}

function keyIn(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
