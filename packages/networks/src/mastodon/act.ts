import type { HttpResponse } from 'masto/interfaces/index.js';
import { z } from 'zod';
import { Unreadable } from '../http/index.ts';
import { type ActingAccount, type Action, NetworkError, type Relation, type Write, type Written } from '../port.ts';
import type { Access } from './access.ts';
import type { Client } from './client.ts';
import { held, people } from './held.ts';
import { RELATION_BATCH, SAFETY_NET } from './limits.ts';
import type { LocalIds } from './local-ids.ts';
import { toRelation, toReport } from './mapper.ts';
import { ownCrowd } from './own-crowd.ts';
import { type Relationship, relationshipSchema } from './schemas.ts';
import { type TalkedVia, talked } from './talked.ts';

const relationshipsSchema = z.array(relationshipSchema);

type Call = (client: Client, id: string) => Promise<HttpResponse<unknown>>;

/** The network's side of one connected account. There are no commits here: a write is one relation, and repeatable. */
export function actor(access: Access, ids: LocalIds, { now, ...via }: Omit<TalkedVia, 'access'>): ActingAccount {
  const change = async (
    action: Action,
    write: Pick<Write, 'nativeId'>,
    wanted: boolean,
    call: Call,
  ): Promise<Written> => {
    const id = await ids.one(write.nativeId);
    try {
      return await access.use({ write: true, need: `write:${action}s` }, async (client) => {
        const { headers, data } = await call(client, id);
        const read = relationshipSchema.safeParse(data);
        if (!read.success || read.data.id !== id) throw new Unreadable('no relation');
        const is = action === 'block' ? read.data.blocking : read.data.muting;
        if (is !== wanted) throw new NetworkError('rejected', { message: `the server left the ${action} as it was` });
        return { head: null, report: toReport(headers, now()) };
      });
    } catch (error) {
      // The server may have made it anew under another id; the next attempt looks.
      if (error instanceof NetworkError && error.problem === 'not_found') await ids.forget(write.nativeId);
      throw error;
    }
  };

  return {
    head: async () => null,
    held: (action, { cursor }) => held(access, action, cursor),
    async apply(action, writes, _fence, at) {
      if (access.session.gaps.some((gap) => gap === action)) {
        throw new NetworkError('rejected', { message: `this server knows no ${action}` });
      }
      const write = one(writes);
      return action === 'block'
        ? change('block', write, true, (client, id) => client.v1.accounts.$select(id).block.$raw())
        : change('mute', write, true, (client, id) =>
            client.v1.accounts.$select(id).mute.$raw({ notifications: true, duration: duration(write.until, at) }),
          );
    },
    async lift(action, writes) {
      const write = one(writes);
      return action === 'block'
        ? change('block', write, false, (client, id) => client.v1.accounts.$select(id).unblock.$raw())
        : change('mute', write, false, (client, id) => client.v1.accounts.$select(id).unmute.$raw());
    },
    async relations(others) {
      if (others.length > RELATION_BATCH) throw new RangeError(`more than ${RELATION_BATCH}`);
      const known = await ids.of(others);
      if (known.size === 0) return others.map((nativeId) => toRelation(nativeId, undefined));
      return relationsOf(access, ids, others, known);
    },
    followers: (cursor) => people(access, 'followers', cursor),
    following: (cursor) => people(access, 'following', cursor),
    talked: async (since, cursor) => talked({ access, now, ...via }, since, cursor),
    crowd: (kind, ref, cursor) => ownCrowd(access, ids, kind, ref, cursor),
    renew: () => access.renew(),
    giveBack: () => access.giveBack(),
  };
}

/**
 * Who can't be found on the user's server can't be one of their own people there. Whom the server knows and says nothing about
 * may be: it is asked anew.
 */
async function relationsOf(
  access: Access,
  ids: LocalIds,
  others: string[],
  known: Map<string, string>,
): Promise<Relation[]> {
  const told = await ask(access, [...known.values()]);
  // Some servers answer about one of however many.
  const again = known.size === 1 ? [] : [...known.values()].filter((id) => !told.has(id));
  for (const id of again) for (const [one, relation] of await ask(access, [id])) told.set(one, relation);
  const left = [...known].filter(([, id]) => !told.has(id));
  await Promise.all(left.map(([nativeId]) => ids.forget(nativeId)));
  if (left.length > 0) throw new NetworkError('down', { message: `${left.length} relations were left out` });
  return others.map((nativeId) => {
    const id = known.get(nativeId);
    return toRelation(nativeId, id === undefined ? undefined : told.get(id));
  });
}

async function ask(access: Access, ids: string[]): Promise<Map<string, Relationship>> {
  return access.use({ write: false, need: 'read:follows' }, async (client) => {
    const read = relationshipsSchema.safeParse(
      await client.v1.accounts.relationships.fetch({ id: ids, withSuspended: true }),
    );
    if (!read.success) throw new Unreadable('no relations');
    return new Map(read.data.map((one) => [one.id, one]));
  });
}

/** Seconds that a mute lasts by itself: a good while longer than our last cover, 0 for ever. */
function duration(until: Date | null | undefined, at: Date): number {
  if (!until) return 0;
  return Math.ceil((Math.max(until.getTime(), at.getTime()) - at.getTime() + SAFETY_NET) / 1_000);
}

function one<T>(writes: T[]): T {
  const [first, ...rest] = writes;
  if (first === undefined || rest.length > 0) {
    throw new NetworkError('rejected', { message: `${writes.length} writes in one call` });
  }
  return first;
}
