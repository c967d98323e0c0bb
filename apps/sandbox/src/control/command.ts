import { z } from 'zod';
import { fediCommands } from '../mastodon/command.ts';
import { STATUSES } from '../state/events.ts';
import { xCommands } from '../x/command.ts';
import { postCommands } from './post-commands.ts';

/** A handle, a DID, or "handle#17": the account's computed follower number 17. */
const person = z.string().min(1);
const subjects = z.union([person, z.array(person)]);

export const newAccountSchema = z.object({
  handle: z.string().regex(/^[a-z0-9][a-z0-9.-]*\.[a-z]+$/),
  displayName: z.string().nullable().default(null),
  /** Left out where nobody is to sign in. */
  password: z.string().nullable().default(null),
  secondFactor: z.boolean().default(false),
  verified: z.boolean().default(false),
  /** How many computed followers it has. */
  followers: z.int().min(0).max(1_000_000_000).default(0),
});
export type NewAccount = z.input<typeof newAccountSchema>;

/** What a person, or whoever looks after the sandbox, can do to it. */
export const commandSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('add-accounts'), accounts: z.array(newAccountSchema) }),
  /** As the network's own app does it: an older record of the same subject is replaced, unless `beside` keeps it. */
  z.object({ do: z.literal('block'), account: person, subject: subjects, beside: z.boolean().default(false) }),
  /** Deletes every record that blocks the subject. */
  z.object({ do: z.literal('unblock'), account: person, subject: subjects }),
  z.object({ do: z.literal('follow'), account: person, subject: subjects }),
  z.object({ do: z.literal('unfollow'), account: person, subject: subjects }),
  z.object({ do: z.literal('mute'), account: person, subject: subjects }),
  z.object({ do: z.literal('unmute'), account: person, subject: subjects }),
  z.object({ do: z.literal('set-status'), account: person, status: z.enum(STATUSES) }),
  z.object({ do: z.literal('rename'), account: person, handle: newAccountSchema.shape.handle }),
  /** Ends all sessions of an account, access tokens included. */
  z.object({ do: z.literal('revoke-sessions'), account: person }),
  /** Makes an app with a site of its own known, as if its description had been fetched from there. */
  z.object({
    do: z.literal('add-client'),
    id: z.url(),
    name: z.string(),
    redirectUris: z.array(z.url()),
    scope: z.string(),
    /** Its public keys, as JWKs. */
    keys: z.array(z.record(z.string(), z.string())),
  }),
  z.object({ do: z.literal('set-limits'), on: z.boolean() }),
  z.object({ do: z.literal('set-clock'), offsetMs: z.int() }),
  z.object({ do: z.literal('advance-clock'), ms: z.int() }),
  z.object({ do: z.literal('clear-counters') }),
  ...postCommands,
  ...fediCommands,
  ...xCommands,
]);
export type Command = z.input<typeof commandSchema>;
export type ParsedCommand = z.output<typeof commandSchema>;
