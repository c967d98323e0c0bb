import { z } from 'zod';
import { Unreadable } from '../http/index.ts';
import { type CrowdKind, NetworkError, type NetworkPort, type ProfilePage, type PublicProfile } from '../port.ts';
import type { Connect } from './client.ts';
import { aroundPost, taken as markIn } from './crowd.ts';
import { Refused, toNetworkError } from './errors.ts';
import type { Finger, Found } from './finger.ts';
import type { Hosts } from './hosts.ts';
import { mostPages, PAGE } from './limits.ts';
import { actorOf, counted, toProfile } from './mapper.ts';
import { placeSchema, readPage } from './pages.ts';
import { actorIn } from './query.ts';
import { type Account, accountSchema, localId, type Status } from './schemas.ts';
import { authorAddress, countOf, isShut, type LocateVia, locatePost, statusBy } from './status.ts';
import { listIn, postIn } from './status-query.ts';

type List = 'followers' | 'following';

/** Where a public list goes on: what was learned of the account when it began is not asked again. */
const cursorSchema = z.object({
  id: localId,
  domain: z.string().min(1).max(300),
  total: z.int().min(0).nullable(),
  place: placeSchema.nullable(),
});
type Cursor = z.output<typeof cursorSchema>;

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
  const located: LocateVia = {
    connect: (origin) => via.connect(origin, null),
    originOf: via.hosts.originOf,
    resolve,
  };
  return {
    resolve,
    async crowd(kind, ref, cursor) {
      if (kind === 'followers' || kind === 'following') return list(kind)(ref, cursor);
      if (kind === 'quoters' || kind === 'list') throw notForStrangers(kind);
      return read(() => postCrowd(via, kind, ref, cursor));
    },
    async locate(kind, query) {
      if (kind === 'list') {
        const { origin, id } = await read(async () => listIn(query));
        return { ref: `${origin}/lists/${id}`, author: null, total: null, title: null };
      }
      if (kind !== 'followers' && kind !== 'following') return read(() => locatePost(kind, query, located));
      const author = await resolve(query);
      return { ref: author.nativeId, author, total: author[kind], title: null };
    },
  };
}

function notForStrangers(kind: CrowdKind): NetworkError {
  return new NetworkError('rejected', { message: `${kind}: shown to accounts only` });
}

/** Asked of the server where the post was written. What it shows strangers nothing of has no numbers either. */
async function postCrowd(
  via: ReadVia,
  kind: 'likers' | 'reposters' | 'repliers',
  ref: string,
  cursor: string | null,
): Promise<ProfilePage> {
  const origin = via.hosts.serverOf(ref);
  const client = via.connect(origin, null);
  const asking = { client, origin, stranger: true };
  if (cursor !== null) return aroundPost(asking, kind, markIn(cursor));
  let status: Status | null;
  try {
    status = await statusBy(client, postIn(ref).id);
  } catch (error) {
    if (error instanceof Refused && error.json && error.status === 404) {
      // Gone may be the post or its author.
      const author = await via.finger.byUri(authorAddress(ref));
      await profileOf(via, author);
    }
    throw error;
  }
  if (status === null) return { items: [], cursor: null, total: null };
  if (status.uri !== ref) throw new NetworkError('not_found');
  const { id, account } = status;
  const author = account.uri || authorAddress(ref);
  const { domain } = await via.finger.byUri(author);
  return aroundPost(asking, kind, { id, author, domain, total: countOf(status, kind), place: null });
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

function taken(cursor: string): Cursor {
  const read = cursorSchema.safeParse(JSON.parse(cursor));
  if (!read.success) throw new NetworkError('rejected', { message: 'not a cursor of this network' });
  return read.data;
}
