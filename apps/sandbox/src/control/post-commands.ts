import { z } from 'zod';
import { PURPOSES } from '../state/lists.ts';

/** A handle, a DID, "handle#17" for the account's computed follower number 17, or "handle#0-99" for a hundred of them. */
const person = z.string().min(1);
const people = z.union([person, z.array(person)]);
/** An at-URI, or "handle/key". */
const record = z.string().min(3);
/** The name of a record in its account's repository; the server chooses one where it is left out. */
const key = z
  .string()
  .regex(/^[234567a-j][234567a-z]{12}$/)
  .optional();

/** What people write, and what others do about it. */
export const postCommands = [
  z.object({
    do: z.literal('post'),
    account: person,
    key,
    text: z.string().default(''),
    replyTo: record.optional(),
    quotes: record.optional(),
    mentions: z.array(person).optional(),
  }),
  z.object({ do: z.literal('like'), account: people, post: record }),
  z.object({ do: z.literal('unlike'), account: people, post: record }),
  z.object({ do: z.literal('repost'), account: people, post: record }),
  z.object({ do: z.literal('unrepost'), account: people, post: record }),
  /** Each of them writes a post that answers this one, or quotes it. */
  z.object({ do: z.literal('reply'), account: people, post: record }),
  z.object({ do: z.literal('quote'), account: people, post: record }),
  z.object({ do: z.literal('delete-post'), post: record }),
  /** The author of a quoted post takes it out of a quote. */
  z.object({ do: z.literal('detach-quote'), post: record }),
  z.object({
    do: z.literal('add-list'),
    account: person,
    key,
    name: z.string(),
    purpose: z.enum(PURPOSES).default('modlist'),
    members: z.array(person).default([]),
  }),
  z.object({ do: z.literal('add-to-list'), list: record, subject: people }),
  z.object({ do: z.literal('take-from-list'), list: record, subject: people }),
  z.object({ do: z.literal('delete-list'), list: record }),
  /** `list` is the one behind it. */
  z.object({ do: z.literal('add-starter-pack'), account: person, key, name: z.string(), list: record }),
] as const;
export type PostCommand = z.output<(typeof postCommands)[number]>;

const NAMES: ReadonlySet<string> = new Set(postCommands.map((command) => command.shape.do.value));

export function isPostCommand<T extends { do: string }>(command: T | PostCommand): command is PostCommand {
  return NAMES.has(command.do);
}
