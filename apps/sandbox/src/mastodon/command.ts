import { z } from 'zod';
import { FEDI_STATUSES } from './events.ts';
import { SERVERS } from './servers.ts';

/** `alice@harbour`, an actor's URI, or `alice@harbour#17`: the account's computed follower number 17 (where several may be meant, `#0-99`). */
const person = z.string().min(1);
const subjects = z.union([person, z.array(person)]);
/** A post's URI or address, or `alice@harbour/0`: the first that alice wrote. */
const post = z.string().min(1);
const relation = { account: person, subject: subjects };
const server = z.enum(SERVERS.map(({ name }) => name));

const newFediAccountSchema = z.object({
  server,
  username: z.string().regex(/^[a-z0-9_]+$/),
  displayName: z.string().nullable().default(null),
  /** Left out where nobody is to sign in. */
  password: z.string().nullable().default(null),
  /** How many computed followers it has, spread over all servers. */
  followers: z.int().min(0).max(1_000_000_000).default(0),
  hidesLists: z.boolean().default(false),
});

/** What can be done to the servers that speak Mastodon's API; blocks and mutes as if by hand. */
export const fediCommands = [
  z.object({ do: z.literal('add-fedi-accounts'), accounts: z.array(newFediAccountSchema) }),
  z.object({ do: z.literal('fedi-follow'), ...relation }),
  z.object({ do: z.literal('fedi-unfollow'), ...relation }),
  z.object({ do: z.literal('fedi-block'), ...relation }),
  z.object({ do: z.literal('fedi-unblock'), ...relation }),
  z.object({ do: z.literal('fedi-mute'), ...relation }),
  z.object({ do: z.literal('fedi-unmute'), ...relation }),
  z.object({ do: z.literal('fedi-status'), account: person, status: z.enum(FEDI_STATUSES) }),
  z.object({
    do: z.literal('fedi-post'),
    account: person,
    text: z.string().default(''),
    replyTo: post.optional(),
    quotes: post.optional(),
    mentions: z.array(person).optional(),
    visibility: z.enum(['public', 'unlisted', 'private', 'direct']).optional(),
  }),
  z.object({ do: z.literal('fedi-like'), account: subjects, post }),
  z.object({ do: z.literal('fedi-unlike'), account: subjects, post }),
  z.object({ do: z.literal('fedi-boost'), account: subjects, post }),
  z.object({ do: z.literal('fedi-unboost'), account: subjects, post }),
  /** Each of them writes a post that answers this one, or quotes it. */
  z.object({ do: z.literal('fedi-reply'), account: subjects, post }),
  z.object({ do: z.literal('fedi-quote'), account: subjects, post }),
  z.object({ do: z.literal('fedi-delete-post'), post }),
  z.object({
    do: z.literal('fedi-add-list'),
    account: person,
    title: z.string(),
    members: z.array(person).default([]),
  }),
  z.object({ do: z.literal('fedi-delete-list'), list: z.string() }),
  /** Ends all tokens of an account. */
  z.object({ do: z.literal('fedi-revoke'), account: person }),
  /** A server throws away the apps that registered with it, as those before 4.3 do with unused ones. */
  z.object({ do: z.literal('fedi-forget-apps'), server }),
] as const;
export type FediCommand = z.output<(typeof fediCommands)[number]>;
