import type { HttpResponse } from 'masto/interfaces/index.js';
import { z } from 'zod';
import { Unreadable } from '../http/index.ts';
import { NetworkError, type ProfilePage, type PublicProfile } from '../port.ts';
import type { Client } from './client.ts';
import { Refused } from './errors.ts';
import { mostPages, PAGE, QUOTE_PAGE } from './limits.ts';
import { type Teller, toProfile } from './mapper.ts';
import { type Place, placeSchema, readPage } from './pages.ts';
import { type Account, contextSchema, localId, statusesSchema } from './schemas.ts';
import { type CountedKind, isShut } from './status.ts';

/** Where a crowd goes on: what was learned of the post when it began is not asked again. */
export const markSchema = z.object({
  id: localId,
  author: z.string(),
  domain: z.string().min(1).max(300),
  total: z.int().min(0).nullable(),
  place: placeSchema.nullable(),
});
export type Mark = z.output<typeof markSchema>;

export function taken(cursor: string): Mark {
  const read = z.preprocess((text) => JSON.parse(String(text)), markSchema).safeParse(cursor);
  if (!read.success) throw new NetworkError('rejected', { message: 'not a cursor of this network' });
  return read.data;
}

/** How a server is asked: by strangers, or by the account whose token the client has. */
export type Asking = { client: Client; origin: string; stranger: boolean };

/** One page of a crowd around a post that the server has. What it shows strangers nothing of is empty. */
export async function aroundPost(asking: Asking, kind: CountedKind, at: Mark): Promise<ProfilePage> {
  const { client, origin, stranger } = asking;
  const teller = { domain: at.domain, origin };
  if (kind === 'repliers') return { items: await repliers(asking, at, teller), cursor: null, total: null };
  try {
    const answer = await ask(client, kind, at.id, at.place);
    const { accounts, next } = readPage(answer, at.place, mostPages(at.total));
    return {
      items: others(accounts, at.author, teller),
      cursor: next === null ? null : JSON.stringify({ ...at, place: next } satisfies Mark),
      total: at.total,
    };
  } catch (error) {
    if (stranger && isShut(error)) return { items: [], cursor: null, total: at.total };
    // The post was there a moment ago: it is the list that the server has not.
    if (error instanceof Refused && error.json && error.status === 404 && kind === 'quoters')
      throw new NetworkError('rejected', { message: 'this server knows no quotes' });
    throw error;
  }
}

/** The client's types know none of the parameters that these lists take. */
type List = { $raw(params: { limit: number; maxId?: string }): PromiseLike<HttpResponse<unknown>> };

async function ask(
  client: Client,
  kind: Exclude<CountedKind, 'repliers'>,
  id: string,
  place: Place | null,
): Promise<HttpResponse<unknown>> {
  const post = client.v1.statuses.$select(id);
  const from = place === null ? {} : { maxId: place.before };
  const list = (resource: { list: unknown }) => resource.list as List;
  if (kind === 'likers') return list(post.favouritedBy).$raw({ limit: PAGE, ...from });
  if (kind === 'reposters') return list(post.rebloggedBy).$raw({ limit: PAGE, ...from });
  const answer = await list(post.quotes).$raw({ limit: QUOTE_PAGE, ...from });
  const read = statusesSchema.safeParse(answer.data);
  if (!read.success) throw new Unreadable('no list of posts');
  return { headers: answer.headers, data: read.data.map((one) => one?.account ?? null) };
}

/** One answer, without pages. */
async function repliers({ client, stranger }: Asking, at: Mark, teller: Teller): Promise<PublicProfile[]> {
  try {
    const read = contextSchema.safeParse(await client.v1.statuses.$select(at.id).context.fetch());
    if (!read.success) throw new Unreadable('no conversation');
    const authors = read.data.descendants.map((one) => one?.account ?? null);
    return others(authors, at.author, teller);
  } catch (error) {
    if (stranger && isShut(error)) return [];
    throw error;
  }
}

/** Each once, and never the one whose post it is: answering oneself is no part of a crowd. */
export function others(accounts: (Account | null)[], author: string, teller: Teller): PublicProfile[] {
  const people = accounts.flatMap((one) => (one === null ? [] : (toProfile(one, teller) ?? [])));
  return [...new Map(people.map((one) => [one.nativeId, one])).values()].filter((one) => one.nativeId !== author);
}
