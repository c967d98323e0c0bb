import { isValidDid, isValidHandle, isValidRecordKey } from '@atproto/syntax';
import { NetworkError } from '../port.ts';
import { plain } from './query.ts';

export const POST = 'app.bsky.feed.post';
export const LIST = 'app.bsky.graph.list';
export const STARTER_PACK = 'app.bsky.graph.starterpack';
const COLLECTIONS = { post: [POST], list: [LIST, STARTER_PACK] } as const;
type Collection = (typeof COLLECTIONS)['post' | 'list'][number];

/** A record that somebody means. `actor` is a handle or a DID. */
export type Meant = { actor: string; collection: Collection; rkey: string };

/** How apps' addresses name records. Every fork of the official app keeps them, under a host of its own. */
const LINKS: [RegExp, Collection][] = [
  [/^\/profile\/([^/]+)\/post\/([^/]+)/, POST],
  [/^\/profile\/([^/]+)\/lists\/([^/]+)/, LIST],
  [/^\/(?:starter-pack|start)\/([^/]+)\/([^/]+)/, STARTER_PACK],
];

/** The post or list in what a person pasted: a link of an app, or an at-URI. Throws `not_found` for anything else. */
export function recordIn(of: 'post' | 'list', query: string): Meant {
  const text = plain(query);
  const parts = /^at:\/\//i.test(text) ? fromUri(text) : fromLink(text);
  if (parts === null) throw new NetworkError('not_found');
  const [actor, collection, rkey] = parts;
  const name = isValidDid(actor) ? actor : actor.toLowerCase();
  const known = COLLECTIONS[of].find((one) => one === collection);
  if (known === undefined || !isValidRecordKey(rkey) || !(isValidDid(name) || isValidHandle(name)))
    throw new NetworkError('not_found');
  return { actor: name, collection: known, rkey };
}

/** The record that a reference names: made by us, so anything else is nobody's. */
export function recordOf(of: 'post' | 'list', ref: string): Meant & { uri: string } {
  const meant = recordIn(of, ref);
  const uri = uriOf(meant);
  if (uri !== ref || !isValidDid(meant.actor)) throw new NetworkError('not_found');
  return { ...meant, uri };
}

export function uriOf({ actor, collection, rkey }: Meant): string {
  return `at://${actor}/${collection}/${rkey}`;
}

function fromUri(text: string): [string, string, string] | null {
  const [, actor = '', collection = '', rkey = ''] = /^at:\/\/([^/]+)\/([^/]+)\/([^/?#]+)$/i.exec(text) ?? [];
  return rkey === '' ? null : [actor, collection, rkey];
}

function fromLink(text: string): [string, string, string] | null {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const path = decoded(new URL(address).pathname);
  for (const [pattern, collection] of LINKS) {
    const [, actor, rkey] = pattern.exec(path) ?? [];
    if (actor !== undefined && rkey !== undefined) return [actor, collection, rkey];
  }
  return null;
}

/** A DID in an address may have its colons escaped. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
