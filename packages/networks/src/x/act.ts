import type { z } from 'zod';
import { Unreadable } from '../http/index.ts';
import { type ActingAccount, type Action, NetworkError, type Write, type Written } from '../port.ts';
import type { Access } from './access.ts';
import type { Client } from './client.ts';
import { missing } from './errors.ts';
import { held, people } from './held.ts';
import { toReport } from './mapper.ts';
import { relationsOf } from './relations.ts';
import { blockedSchema, failedSchema, mutedSchema } from './schemas.ts';

type Call = (client: Client, id: string, other: string) => Promise<unknown>;

const CALLS: Record<Action, { apply: Call; lift: Call }> = {
  block: {
    apply: (client, id, other) => client.block(id, other),
    lift: (client, id, other) => client.unblock(id, other),
  },
  mute: {
    apply: (client, id, other) => client.mute(id, other),
    lift: (client, id, other) => client.unmute(id, other),
  },
};

/** The network's side of one connected account. There are no commits here: a write is one relation, and repeatable. */
export function actor(access: Access, possible: readonly Action[], now: () => Date): ActingAccount {
  const change = async (action: Action, writes: Write[], wanted: boolean): Promise<Written> => {
    if (!possible.includes(action)) throw new NetworkError('no_access', { message: `without ${action}` });
    const { nativeId } = one(writes);
    const call = CALLS[action][wanted ? 'apply' : 'lift'];
    try {
      const { data, headers } = await access.use({ write: true, need: `${action}.write` }, async (client) => {
        const answer = await call(client, access.id, nativeId);
        // Here, so that an answer that is none leaves the write uncertain.
        if (isSo(action, answer) === null) throw whyNot(answer) ?? new Unreadable(`no ${action}`);
        return answer;
      });
      if (isSo(action, data) !== wanted)
        throw new NetworkError('rejected', { message: `left the ${action} as it was` });
      return { head: null, report: toReport(headers, now()) };
    } catch (error) {
      throw await accountOrTarget(access, error);
    }
  };
  return {
    head: async () => null,
    held: (action, { cursor }) => held(access, action, cursor),
    apply: (action, writes) => change(action, writes, true),
    lift: (action, writes) => change(action, writes, false),
    relations: relationsOf(access),
    followers: (cursor) => people(access, 'followers', cursor),
    following: (cursor) => people(access, 'following', cursor),
    async talked() {
      throw new NetworkError('rejected', { message: 'reading posts costs money' });
    },
    // Everything there is to list our app may list itself.
    async crowd(kind) {
      throw new NetworkError('rejected', { message: `this network tells accounts no ${kind}` });
    },
    renew: () => access.renew(),
    giveBack: () => access.giveBack(),
  };
}

/**
 * X says "forbidden" of an account that is locked and of a person it does not want touched, in the same words: whether the
 * account can still see itself tells which.
 */
async function accountOrTarget(access: Access, error: unknown): Promise<unknown> {
  if (!(error instanceof NetworkError) || error.problem !== 'deactivated') return error;
  try {
    await access.use({ write: false, need: 'users.read' }, (client) => client.me());
  } catch (own) {
    return own instanceof NetworkError && own.problem === 'unauthorized' ? own : error;
  }
  return new NetworkError('rejected', { report: error.report, message: 'not this one' });
}

/** What it says of whom the write was about, in place of the relation; null where it says nothing. */
function whyNot(answer: unknown): NetworkError | null {
  const read = failedSchema.safeParse(answer);
  if (!read.success) return null;
  // Taken down, or not to be seen by this account: of them, and nothing of the account's own.
  return new NetworkError(missing(read.data.errors[0]) === 'not_found' ? 'not_found' : 'rejected');
}

function isSo(action: Action, answer: unknown): boolean | null {
  const told = (schema: z.ZodType<{ data: { muting?: boolean; blocking?: boolean } }>) => {
    const read = schema.safeParse(answer);
    return read.success ? (read.data.data.blocking ?? read.data.data.muting ?? null) : null;
  };
  return told(action === 'block' ? blockedSchema : mutedSchema);
}

function one<T>(writes: T[]): T {
  const [first, ...rest] = writes;
  if (first === undefined || rest.length > 0) {
    throw new NetworkError('rejected', { message: `${writes.length} writes in one call` });
  }
  return first;
}
