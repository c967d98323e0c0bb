import { z } from 'zod';
import { type Action, type HeldPage, NetworkError, type ProfilePage } from '../port.ts';
import type { Access } from './access.ts';
import type { Client } from './client.ts';
import { PAGE } from './limits.ts';
import { actorOf, toProfile } from './mapper.ts';
import { type Page, type Place, placeSchema, readPage } from './pages.ts';

type Params = { limit: number; maxId?: string };
type Answer = Parameters<typeof readPage>[0];

const LISTS = {
  block: { need: 'read:blocks', list: (client: Client, params: Params) => client.v1.blocks.list.$raw(params) },
  mute: { need: 'read:mutes', list: (client: Client, params: Params) => client.v1.mutes.list.$raw(params) },
} as const;

/** Whom the account blocks or mutes, newest first. Relations have no keys, so no range. Some servers list nobody. */
export async function held(access: Access, action: Action, cursor: string | null): Promise<HeldPage> {
  if (access.session.gaps.includes('held')) return { items: [], cursor: null, untold: true };
  const { need, list } = LISTS[action];
  const { accounts, next } = await ownPage(access, need, cursor, list);
  const teller = { origin: access.session.server };
  const ids = accounts.flatMap((one) => (one === null ? [] : (actorOf(one, teller) ?? [])));
  return { items: ids.map((nativeId) => ({ nativeId, key: null })), cursor: next && JSON.stringify(next) };
}

/** The account's own people, as its server shows them to itself. */
export async function people(
  access: Access,
  which: 'followers' | 'following',
  cursor: string | null,
): Promise<ProfilePage> {
  const { id, domain, server } = access.session;
  const { accounts, next } = await ownPage(access, 'read:accounts', cursor, (client, params) =>
    client.v1.accounts.$select(id)[which].list.$raw(params),
  );
  return {
    items: accounts.flatMap((one) => (one === null ? [] : (toProfile(one, { domain, origin: server }) ?? []))),
    cursor: next && JSON.stringify(next),
    total: null,
  };
}

/** One page of an own list. What is left out of such a list would be taken for not being so: it throws instead. */
async function ownPage(
  access: Access,
  need: string,
  cursor: string | null,
  list: (client: Client, params: Params) => PromiseLike<Answer>,
): Promise<Page> {
  const place = cursor === null ? null : taken(cursor);
  const page = await access.use({ write: false, need }, async (client) =>
    readPage(await list(client, { limit: PAGE, ...(place === null ? {} : { maxId: place.before }) }), place),
  );
  if (page.lied) throw new NetworkError('down', { message: 'the list leads on to what is not its rest' });
  if (page.accounts.includes(null)) throw new NetworkError('down', { message: 'the list holds what is no account' });
  return page;
}

function taken(cursor: string): Place {
  const read = z.preprocess((text) => JSON.parse(String(text)), placeSchema).safeParse(cursor);
  if (!read.success) throw new NetworkError('rejected', { message: 'not a cursor of this network' });
  return read.data;
}
