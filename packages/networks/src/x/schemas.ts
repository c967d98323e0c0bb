import { z } from 'zod';

/** What answers must have for us to believe them. */

/** `^[0-9]{1,19}$` of the OpenAPI. */
export const userId = z.string().regex(/^[0-9]{1,19}$/);

const count = z.int().min(0).optional().catch(undefined);

export const userSchema = z.object({
  id: userId,
  username: z.string().regex(/^[A-Za-z0-9_]{1,50}$/),
  name: z.string().optional(),
  public_metrics: z.object({ followers_count: count, following_count: count }).optional().catch(undefined),
  verified_type: z.string().optional().catch(undefined),
  /** How they stand to whoever asks; left out where there is nothing to say. */
  connection_status: z.array(z.string()).optional(),
});
export type User = z.output<typeof userSchema>;

/** Why something is not in an answer: RFC 7807 in spirit. `type` ends in the problem's name; its host has changed. */
export const problemSchema = z.object({
  type: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  resource_id: z.string().optional().catch(undefined),
});
export type Problem = z.output<typeof problemSchema>;
const problems = z.array(problemSchema.catch({})).optional().catch(undefined);

export const oneUserSchema = z.object({ data: userSchema.optional(), errors: problems });
export const usersSchema = z.object({ data: z.array(userSchema).optional(), errors: problems });
/** `data` is left out of a page that is empty. One that can't be read must not hide the others. */
export const userPageSchema = z.object({
  data: z.array(userSchema.nullable().catch(null)).optional(),
  errors: problems,
  meta: z.object({ next_token: z.string().min(1).max(2_000).optional() }).optional(),
});
export type UserPage = z.output<typeof userPageSchema>;

const postCount = z.int().min(0).nullable().catch(null);
export const onePostSchema = z.object({
  data: z
    .object({
      id: userId,
      author_id: userId,
      conversation_id: userId.optional(),
      public_metrics: z
        .object({ retweet_count: postCount, reply_count: postCount, quote_count: postCount })
        .partial()
        .optional()
        .catch(undefined),
    })
    .optional(),
  includes: z
    .object({ users: z.array(userSchema) })
    .optional()
    .catch(undefined),
  errors: problems,
});
export const oneListSchema = z.object({
  data: z.object({ id: userId, name: z.string(), member_count: postCount.optional() }).optional(),
  includes: z
    .object({ users: z.array(userSchema) })
    .optional()
    .catch(undefined),
  errors: problems,
});
/** Posts, with their authors beside them. */
export const postPageSchema = z.object({
  data: z.array(z.object({ author_id: userId }).nullable().catch(null)).optional(),
  includes: z.object({ users: z.array(userSchema.nullable().catch(null)) }).optional(),
  errors: problems,
  meta: z.object({ next_token: z.string().min(1).max(2_000).optional() }).optional(),
});

export const mutedSchema = z.object({ data: z.object({ muting: z.boolean() }) });
export const blockedSchema = z.object({ data: z.object({ blocking: z.boolean() }) });

export const failedSchema = z.object({ data: z.undefined().optional(), errors: z.array(problemSchema).min(1) });

export const tokenSchema = z.object({
  access_token: z.string().min(1).max(4_000),
  refresh_token: z.string().min(1).max(4_000).optional(),
  scope: z.string().optional(),
  expires_in: z.number().positive().optional(),
});
