import type { z } from 'zod';
import { Unreadable } from '../http/index.ts';
import { type CrowdKind, type Located, NetworkError } from '../port.ts';
import type { Asking } from './asking.ts';
import { missing } from './errors.ts';
import { PROFILE_FIELDS, toProfile } from './mapper.ts';
import { oneListSchema, onePostSchema, type User } from './schemas.ts';

export type Post = NonNullable<z.output<typeof onePostSchema>['data']>;

const COUNTED: Partial<Record<CrowdKind, 'retweet_count' | 'reply_count' | 'quote_count'>> = {
  reposters: 'retweet_count',
  repliers: 'reply_count',
  quoters: 'quote_count',
};

/** A post by its id, and whose it is. */
export async function locatedPost(read: Asking, kind: CrowdKind, id: string): Promise<Located> {
  const { post, author } = await postOf(read, id, true);
  return { ref: id, author: author && toProfile(author), total: totalOf(post, kind), title: null };
}

/** How many the network says there are. */
export function totalOf(post: Post, kind: CrowdKind): number | null {
  const counted = COUNTED[kind];
  return counted === undefined ? null : (post.public_metrics?.[counted] ?? null);
}

/** Throws what an answer without the post means. Its author costs extra. */
export async function postOf(
  read: Asking,
  id: string,
  withAuthor: boolean,
): Promise<{ post: Post; author: User | null }> {
  const answer = await read(
    (client) =>
      client.singleTweet(id, {
        'tweet.fields': 'author_id,conversation_id,public_metrics',
        ...(withAuthor ? { expansions: 'author_id', 'user.fields': PROFILE_FIELDS } : {}),
      }),
    (data) => {
      const found = onePostSchema.safeParse(data);
      if (!found.success) throw new Unreadable('no post');
      return found.data;
    },
  );
  const post = answer.data;
  if (post === undefined) throw new NetworkError(missing(answer.errors?.[0]));
  return { post, author: answer.includes?.users.find((user) => user.id === post.author_id) ?? null };
}

/** A list by its id, and whose it is, which costs extra. */
export async function locatedList(read: Asking, id: string, withOwner = true): Promise<Located> {
  const answer = await read(
    (client) =>
      client.list(id, {
        'list.fields': 'member_count,owner_id',
        ...(withOwner ? { expansions: 'owner_id' as const, 'user.fields': PROFILE_FIELDS } : {}),
      }),
    (data) => {
      const found = oneListSchema.safeParse(data);
      if (!found.success) throw new Unreadable('no list');
      return found.data;
    },
  );
  if (answer.data === undefined) throw new NetworkError(missing(answer.errors?.[0]));
  const [owner] = answer.includes?.users ?? [];
  return {
    ref: id,
    author: owner === undefined ? null : toProfile(owner),
    total: answer.data.member_count ?? null,
    title: answer.data.name || null,
  };
}
