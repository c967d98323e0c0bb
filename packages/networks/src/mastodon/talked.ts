import { z } from 'zod';
import { Unreadable } from '../http/index.ts';
import { NetworkError, type Talk, type TalkPage } from '../port.ts';
import type { Access } from './access.ts';
import type { Client } from './client.ts';
import { Refused, toNetworkError } from './errors.ts';
import { POST_PAGE, RELATION_BATCH } from './limits.ts';
import { actorOf } from './mapper.ts';
import { allows } from './oauth/scopes.ts';
import { type Place, placeSchema, readPage } from './pages.ts';
import { type Account, accountSchema, accountsSchema, localId } from './schemas.ts';
import { isShut } from './status.ts';

/** Of a post only when it was made, for whom, and whom it answers or mentions: not what it says. */
const writtenSchema = z.object({
  createdAt: z.string(),
  visibility: z.string(),
  account: accountSchema,
  inReplyToAccountId: localId.nullish().catch(null),
  mentions: z.array(z.object({ id: localId }).nullable().catch(null)).catch([]),
});
const pageSchema = z.array(writtenSchema.nullable().catch(null));
type Written = z.output<typeof writtenSchema>;

/** What strangers may read. Messages to somebody are posts too, and are never looked at, even where the account would be shown them. */
const PUBLIC = new Set(['public', 'unlisted']);

/**
 * Who is behind the ids that servers gave, by server and id: they don't change. Without it a page that a limit cut off in its
 * middle would begin anew each time.
 */
export type KnownActors = Map<string, string>;
/** Most of them that are remembered. */
const MOST = 20_000;

export type TalkedVia = { access: Access; stranger: Client; actors: KnownActors; now: () => Date };

/**
 * One page of the account's own public posts, the newest first. They are asked for as a stranger would, which needs no right; where
 * strangers are shown nothing, as the account, if it lets us read posts for another reason.
 */
export async function talked(via: TalkedVia, since: Date, cursor: string | null): Promise<TalkPage> {
  // An empty list there would say that one talked with nobody.
  if (via.access.session.gaps.includes('talks')) return { items: [], cursor: null, untold: true };
  const place = cursor === null ? null : taken(cursor);
  const answer = await posts(via, place);
  if (answer === null) return { items: [], cursor: null, untold: true };
  const read = pageSchema.safeParse(answer.data);
  if (!read.success) throw new Unreadable('no list of posts');
  const recent = read.data.flatMap((one) =>
    one !== null && Date.parse(one.createdAt) >= since.getTime() ? [one] : [],
  );
  const data = read.data.map((one) => one?.account ?? null);
  const { next } = readPage({ headers: answer.headers, data }, place);
  return {
    items: await people(
      via,
      recent.filter((one) => PUBLIC.has(one.visibility)),
    ),
    cursor: recent.length === 0 || next === null ? null : JSON.stringify(next),
  };
}

type Answer = { headers: Headers; data: unknown };

async function posts({ access, stranger, now }: TalkedVia, place: Place | null): Promise<Answer | null> {
  const { id, scope } = access.session;
  const params = { limit: POST_PAGE, excludeReblogs: true, ...(place === null ? {} : { maxId: place.before }) };
  const list = (client: Client): PromiseLike<Answer> => client.v1.accounts.$select(id).statuses.list.$raw(params);
  try {
    return await list(stranger);
  } catch (error) {
    if (!isRefusal(error)) throw toNetworkError(error, { write: false, now: now(), allowed: null });
  }
  return allows(scope, 'read:statuses')
    ? access.use({ write: false, need: 'read:statuses' }, async (client) => list(client))
    : null;
}

/** Whether the server shows strangers no posts, or has no such list: asking again would be answered the same. */
function isRefusal(error: unknown): boolean {
  return isShut(error) || (error instanceof Refused && error.json && [400, 404, 410, 422].includes(error.status));
}

/** Whom these are to, by the actors' URIs: a mention has the server's own id and an address for people only. */
async function people(via: TalkedVia, written: Written[]): Promise<Talk[]> {
  const { access } = via;
  const talks = written.flatMap(({ createdAt, inReplyToAccountId, mentions }) => {
    const others = [inReplyToAccountId ?? null, ...mentions.map((one) => one?.id ?? null)];
    return others.flatMap((id) => (id === null || id === access.session.id ? [] : [{ id, at: new Date(createdAt) }]));
  });
  const actors = await actorsOf(via, [...new Set(talks.map(({ id }) => id))]);
  return talks.flatMap(({ id, at }) => {
    const nativeId = actors.get(id);
    return nativeId === undefined ? [] : [{ nativeId, at }];
  });
}

/** Many in one question since 4.3, one by one before. Whom the server no longer has is nobody. */
async function actorsOf({ access, actors }: TalkedVia, ids: string[]): Promise<Map<string, string>> {
  const { server } = access.session;
  const keep = (one: Account) => {
    const actor = actorOf(one, { origin: server });
    if (actor !== null) actors.set(`${server} ${one.id}`, actor);
  };
  const unknown = ids.filter((id) => !actors.has(`${server} ${id}`));
  for (let from = 0; from < unknown.length; from += RELATION_BATCH)
    await eachAccount(access, unknown.slice(from, from + RELATION_BATCH), keep);
  const found = ids.flatMap((id): [string, string][] => {
    const actor = actors.get(`${server} ${id}`);
    return actor === undefined ? [] : [[id, actor]];
  });
  for (const oldest of actors.keys()) {
    if (actors.size <= MOST) break;
    actors.delete(oldest);
  }
  return new Map(found);
}

async function eachAccount(access: Access, ids: string[], keep: (one: Account) => void): Promise<void> {
  try {
    const all = await access.use({ write: false, need: 'read:accounts' }, async (client) => {
      const read = accountsSchema.safeParse(await client.v1.accounts.fetch({ id: ids }));
      if (!read.success) throw new Unreadable('no accounts');
      return read.data;
    });
    for (const one of all) if (one !== null) keep(one);
    return;
  } catch (error) {
    if (!(error instanceof NetworkError && error.problem === 'not_found')) throw error;
  }
  for (const id of ids) {
    const one = await access.use({ write: false, need: 'read:accounts' }, (client) => shown(client, id));
    if (one !== null) keep(one);
  }
}

async function shown(client: Client, id: string): Promise<Account | null> {
  try {
    const read = accountSchema.safeParse(await client.v1.accounts.$select(id).fetch());
    if (!read.success) throw new Unreadable('no account');
    return read.data;
  } catch (error) {
    if (error instanceof Refused && error.json && (error.status === 404 || error.status === 410)) return null;
    throw error;
  }
}

function taken(cursor: string): Place {
  const read = z.preprocess((text) => JSON.parse(String(text)), placeSchema).safeParse(cursor);
  if (!read.success) throw new NetworkError('rejected', { message: 'not a cursor of this network' });
  return read.data;
}
