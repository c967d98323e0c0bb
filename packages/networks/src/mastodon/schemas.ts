import { z } from 'zod';

/** What answers must have for us to believe them. Keys as the client spells them: in camel case. */

/** A server's own name of an account, of a kind that can stand in an address. */
export const localId = z.string().regex(/^[\w-]{1,64}$/);
/** Minus one where an account hides how many. */
const count = z.int().nullish();

export const accountSchema = z.object({
  id: localId,
  username: z.string().min(1).max(200),
  acct: z.string().min(1).max(500),
  displayName: z.string().nullish(),
  url: z.string().nullish(),
  /** The actor's URI. Servers older than 4.2 and some of other makes don't tell it. */
  uri: z.string().nullish(),
  followersCount: count,
  followingCount: count,
  suspended: z.boolean().nullish(),
});
export type Account = z.output<typeof accountSchema>;
/** One that can't be read must not hide the others. */
export const accountsSchema = z.array(accountSchema.nullable().catch(null));

const postSchema = z.object({
  id: localId,
  uri: z.string().min(1).max(500),
  account: accountSchema,
  favouritesCount: count,
  reblogsCount: count,
  repliesCount: count,
  /** Since 4.5. */
  quotesCount: count,
});
/** A post, and where it only passes on another one's, that one. */
export const statusSchema = postSchema.extend({ reblog: postSchema.nullish() });
export type Status = z.output<typeof statusSchema>;
export const statusesSchema = z.array(postSchema.nullable().catch(null));
export const contextSchema = z.object({ descendants: statusesSchema });
export const searchStatusesSchema = z.object({ statuses: statusesSchema });

export const relationshipSchema = z.object({
  id: localId,
  following: z.boolean(),
  followedBy: z.boolean(),
  blocking: z.boolean(),
  muting: z.boolean(),
});
export type Relationship = z.output<typeof relationshipSchema>;

export const searchSchema = z.object({ accounts: accountsSchema });

/** RFC 7033. Links of other kinds are passed over. */
export const fingerSchema = z.object({
  subject: z.string().max(500),
  links: z.array(
    z.object({ rel: z.string(), type: z.string().nullish(), href: z.string().nullish() }).catch({ rel: '' }),
  ),
});
