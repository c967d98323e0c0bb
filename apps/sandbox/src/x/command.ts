import { z } from 'zod';
import { X_STATUSES } from './events.ts';

/** `loud`, an id, or `loud#17`: the account's computed follower number 17. */
const person = z.string().min(1);
const people = z.array(person).default([]);
const relation = { account: person, subject: z.union([person, z.array(person)]) };

const newXAccountSchema = z.object({
  username: z.string().regex(/^[A-Za-z0-9_]{1,15}$/),
  name: z.string().nullable().default(null),
  /** Left out where nobody is to sign in. */
  password: z.string().nullable().default(null),
  /** How many computed followers it has. */
  followers: z.int().min(0).max(1_000_000_000).default(0),
  protected: z.boolean().default(false),
  verified: z.boolean().default(false),
});

/** What can be done to X; blocks and mutes as if by hand. */
export const xCommands = [
  z.object({ do: z.literal('add-x-accounts'), accounts: z.array(newXAccountSchema) }),
  z.object({ do: z.literal('x-follow'), ...relation }),
  z.object({ do: z.literal('x-unfollow'), ...relation }),
  z.object({ do: z.literal('x-block'), ...relation }),
  z.object({ do: z.literal('x-unblock'), ...relation }),
  z.object({ do: z.literal('x-mute'), ...relation }),
  z.object({ do: z.literal('x-unmute'), ...relation }),
  z.object({ do: z.literal('x-status'), account: person, status: z.enum(X_STATUSES) }),
  /** Ends all that an account allowed the app. */
  z.object({ do: z.literal('x-revoke'), account: person }),
  /** Those who quote and reply write posts of their own. Posts and lists are named by their ids. */
  z.object({
    do: z.literal('add-x-post'),
    author: person,
    text: z.string().default(''),
    likers: people,
    reposters: people,
    quoters: people,
    repliers: people,
  }),
  z.object({ do: z.literal('x-like'), account: z.array(person), post: person }),
  z.object({ do: z.literal('x-repost'), account: z.array(person), post: person }),
  z.object({ do: z.literal('x-quote'), account: z.array(person), post: person }),
  z.object({ do: z.literal('x-reply'), account: z.array(person), post: person }),
  z.object({ do: z.literal('x-delete-post'), post: person }),
  z.object({ do: z.literal('x-delete-list'), list: person }),
  z.object({ do: z.literal('add-x-list'), owner: person, name: z.string(), members: people }),
  /** What the app has bought; what is left out stays as it is. */
  z.object({
    do: z.literal('x-app'),
    enterprise: z.boolean().optional(),
    /** Micro-dollars, null for more than it can use. */
    credit: z.int().nullable().optional(),
    callbacks: z.array(z.url()).nullable().optional(),
  }),
] as const;
export type XCommand = z.output<(typeof xCommands)[number]>;

/** Whether a command is one of X's: their names tell. */
export function isXCommand<C extends { do: string }>(command: C | XCommand): command is XCommand {
  return xCommands.some((schema) => schema.shape.do.value === command.do);
}
