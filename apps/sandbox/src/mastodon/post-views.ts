import type { Site } from '../site.ts';
import { hostOf, personByRef, urlOf } from './people.ts';
import { authorOf, type FediPost, knowsPost, localPostId, postUri, postUrl } from './post-names.ts';
import { localIdOf } from './refs.ts';
import type { Server } from './servers.ts';
import { accountView } from './views.ts';

/** A post as a server shows it. Its numbers are those of its own server. */
export function statusView(site: Site, server: Server, post: FediPost): object {
  const { posts } = site.state.fediverse;
  const author = authorOf(site, post);
  if (author === null) return {};
  const parent = post.parent === null ? undefined : posts.get(post.parent);
  return {
    id: localPostId(post, server),
    created_at: new Date(post.at).toISOString(),
    in_reply_to_account_id:
      parent === undefined || !knowsPost(site, server, parent) ? null : localIdOf(parent.author, server.index),
    in_reply_to_id: parent !== undefined && knowsPost(site, server, parent) ? localPostId(parent, server) : null,
    sensitive: false,
    spoiler_text: '',
    visibility: post.visibility ?? 'public',
    language: 'en',
    uri: postUri(site, post, author),
    url: postUrl(site, post, author),
    replies_count: posts.replies(post.id).length,
    reblogs_count: posts.marks('repost', post.id).size,
    favourites_count: posts.marks('like', post.id).size,
    ...(server.quotes ? { quotes_count: posts.quotes(post.id).length } : {}),
    content: `<p>${post.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`,
    reblog: null,
    account: accountView(site, server, author),
    media_attachments: [],
    mentions: (post.mentions ?? []).flatMap((ref) => mention(site, server, ref)),
    tags: [],
    emojis: [],
    card: null,
    poll: null,
  };
}

/** Only what is for people to read, and the server's own id: no actor's URI. */
function mention(site: Site, server: Server, ref: number): object[] {
  const person = personByRef(site, ref);
  if (person === null) return [];
  const { username } = person;
  const acct = person.server.index === server.index ? username : `${username}@${hostOf(site, person.server)}`;
  return [{ id: localIdOf(ref, server.index), username, url: urlOf(site, person), acct }];
}
