import { type CrowdKind, type Located, NetworkError, type PublicProfile } from '../port.ts';
import type { Client } from './client.ts';
import { postAt } from './crowd.ts';
import { CROWDS } from './limits.ts';
import { toProfile } from './mapper.ts';
import { actorIn } from './query.ts';
import { LIST, POST, recordIn, STARTER_PACK, uriOf } from './record-query.ts';

const COUNTS = {
  likers: 'likeCount',
  reposters: 'repostCount',
  quoters: 'quoteCount',
  repliers: 'replyCount',
} as const;

/** Finds what was pasted. Asks for whose it is first: that says what became of them, and the DID behind a handle. */
export async function located(appview: Client, kind: CrowdKind, query: string): Promise<Located> {
  const profile = async (actor: string): Promise<PublicProfile> =>
    toProfile((await appview.app.actor.getProfile({ actor })).data);
  const { of } = CROWDS[kind];
  if (of === 'account') {
    const author = await profile(actorIn(query));
    const total = kind === 'following' ? author.following : author.followers;
    return { ref: author.nativeId, author, total, title: null };
  }
  const meant = recordIn(of, query);
  const author = await profile(meant.actor);
  const uri = uriOf({ ...meant, actor: author.nativeId });
  if (meant.collection === POST) {
    const post = await postAt(appview, uri, author.nativeId);
    const count = kind in COUNTS ? post[COUNTS[kind as keyof typeof COUNTS]] : undefined;
    return { ref: uri, author, total: count ?? null, title: null };
  }
  return meant.collection === STARTER_PACK ? behindPack(appview, uri, author) : listAt(appview, uri, author);
}

async function listAt(appview: Client, uri: string, author: PublicProfile): Promise<Located> {
  const { list } = (await appview.app.graph.getList({ list: uri, limit: 1 })).data;
  return { ref: uri, author, total: list.listItemCount ?? null, title: list.name };
}

/** A starter pack's people are the members of a list that belongs to it, and has its name. */
async function behindPack(appview: Client, uri: string, author: PublicProfile): Promise<Located> {
  const { starterPack } = (await appview.app.graph.getStarterPack({ starterPack: uri })).data;
  const { list, record } = starterPack;
  if (list === undefined) throw new NetworkError('not_found');
  const meant = recordIn('list', list.uri);
  if (meant.actor !== author.nativeId || meant.collection !== LIST) throw new NetworkError('not_found');
  const title = typeof record.name === 'string' ? record.name : list.name;
  return { ref: list.uri, author, total: list.listItemCount ?? null, title };
}
