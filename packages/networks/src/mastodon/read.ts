import { z } from 'zod';
import { NetworkError, type NetworkPort, type ProfilePage, type PublicProfile } from '../port.ts';
import type { Connect } from './client.ts';
import { Refused, toNetworkError, Unreadable } from './errors.ts';
import type { Finger, Found } from './finger.ts';
import type { Hosts } from './hosts.ts';
import { MOST_PAGES, PAGE } from './limits.ts';
import { actorOf, counted, toProfile } from './mapper.ts';
import { placeSchema, readPage } from './pages.ts';
import { actorIn } from './query.ts';
import { type Account, accountSchema, localId } from './schemas.ts';

type List = 'followers' | 'following';

/** Where a public list goes on: what was learned of the account when it began is not asked again. */
const cursorSchema = z.object({
  id: localId,
  domain: z.string().min(1).max(300),
  total: z.int().min(0).nullable(),
  place: placeSchema.nullable(),
});
type Cursor = z.output<typeof cursorSchema>;

/** What a server answers strangers whom it shows nothing: limited federation, GoToSocial always. */
const SHUT = new Set([401, 403]);

export type ReadVia = { connect: Connect; finger: Finger; hosts: Hosts; now: () => Date };

/**
 * Public reads without credentials, asked of the account's own server: others know only some of whom it follows and who
 * follows it. A list that this server hides is empty and says how many there are.
 */
export function reader(via: ReadVia): Pick<NetworkPort, 'resolve' | 'crowd' | 'locate'> {
  const read = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw toNetworkError(error, { write: false, now: via.now(), allowed: null });
    }
  };
  const list = (which: List) => (nativeId: string, cursor: string | null) =>
    read(async (): Promise<ProfilePage> => {
      const at = cursor === null ? await begin(via, nativeId) : taken(cursor);
      return at === null ? { items: [], cursor: null, total: null } : readOn(via, which, nativeId, at);
    });
  const resolve = (query: string) => read(async () => profileOf(via, await via.finger.find(actorIn(query))));
  return {
    resolve,
    async crowd(kind, ref, cursor) {
      if (kind === 'followers' || kind === 'following') return list(kind)(ref, cursor);
      throw new NetworkError('rejected', { message: `this network tells no ${kind}` });
    },
    async locate(kind, query) {
      if (kind !== 'followers' && kind !== 'following')
        throw new NetworkError('rejected', { message: `this network tells no ${kind}` });
      const author = await resolve(query);
      return { ref: author.nativeId, author, total: author[kind], title: null };
    },
  };
}

/** The account as its own server shows it; only its identity where that shows strangers nothing. */
async function profileOf(via: Pick<ReadVia, 'connect'>, found: Found): Promise<PublicProfile> {
  const { uri, user, domain } = found;
  const account = await lookUp(via, found);
  const profile = account === null ? null : toProfile(account, found);
  const handle = `${user}@${domain}`;
  if (profile === null)
    return { nativeId: uri, handle, displayName: null, followers: null, following: null, verified: null };
  if (account?.suspended) throw new NetworkError('suspended');
  return { ...profile, nativeId: uri, handle };
}

/** Null where the server shows strangers nothing. Throws `not_found` for one that is another's by now. */
async function lookUp({ connect }: Pick<ReadVia, 'connect'>, { uri, user, origin }: Found): Promise<Account | null> {
  try {
    const read = accountSchema.safeParse(await connect(origin, null).v1.accounts.lookup({ acct: user }));
    if (!read.success) throw new Unreadable('no account');
    if (read.data.uri && actorOf(read.data, { origin }) !== uri) throw new NetworkError('not_found');
    return read.data;
  } catch (error) {
    if (isShut(error)) return null;
    throw error;
  }
}

/** Where a list begins; null where nothing of it is shown. */
async function begin(
  via: ReadVia,
  nativeId: string,
): Promise<(Omit<Cursor, 'total'> & { total: Record<List, number | null> }) | null> {
  const found = await via.finger.byUri(nativeId);
  if (found.uri !== nativeId) throw new NetworkError('not_found');
  const account = await lookUp(via, found);
  if (account === null) return null;
  if (account.suspended) throw new NetworkError('suspended');
  const total = { followers: counted(account.followersCount), following: counted(account.followingCount) };
  return { id: account.id, domain: found.domain, total, place: null };
}

async function readOn(
  { connect, hosts }: ReadVia,
  which: List,
  nativeId: string,
  at: Omit<Cursor, 'total'> & { total: Record<List, number | null> | number | null },
): Promise<ProfilePage> {
  const { id, domain, place } = at;
  const total = typeof at.total === 'object' && at.total !== null ? at.total[which] : at.total;
  const origin = hosts.serverOf(nativeId);
  const resource = connect(origin, null).v1.accounts.$select(id)[which];
  try {
    const answer = await resource.list.$raw({ limit: PAGE, ...(place === null ? {} : { maxId: place.before }) });
    const { accounts, next } = readPage(answer, place, mostPages(total));
    return {
      items: accounts.flatMap((one) => (one === null ? [] : (toProfile(one, { domain, origin }) ?? []))),
      cursor: next === null ? null : JSON.stringify({ id, domain, total, place: next } satisfies Cursor),
      total,
    };
  } catch (error) {
    if (isShut(error)) return { items: [], cursor: null, total };
    throw error;
  }
}

/** Pages that a list of so many may have: some servers show 40 at most, and leave some of those out. */
function mostPages(total: number | null): number {
  return total === null ? MOST_PAGES : Math.min(MOST_PAGES, 10 + 4 * Math.ceil(total / PAGE));
}

function taken(cursor: string): Cursor {
  const read = cursorSchema.safeParse(JSON.parse(cursor));
  if (!read.success) throw new NetworkError('rejected', { message: 'not a cursor of this network' });
  return read.data;
}

function isShut(error: unknown): boolean {
  return error instanceof Refused && error.json && SHUT.has(error.status);
}
