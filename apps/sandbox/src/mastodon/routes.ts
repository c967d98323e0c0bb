import { lookUp, relationships, search, showAccount, showAccounts, verifyCredentials } from './accounts.ts';
import type { Call } from './call.ts';
import { follows, heldBy } from './lists.ts';
import { createApp } from './oauth/apps.ts';
import { members, ownLists } from './own-lists.ts';
import { context, markedBy, quotes, showStatus, statusesOf } from './posts.ts';
import { block, mute } from './relations.ts';

/** A method of the API: the name that faults and counters know it by, and what it answers. */
export type Route = { name: string; run(call: Call): object };

const OF_POST: Record<string, Route['run']> = {
  '': showStatus,
  context,
  favourited_by: markedBy('like'),
  reblogged_by: markedBy('repost'),
  quotes,
};

const POST = /^\/api\/v1\/statuses\/([A-Za-z0-9_-]+)(?:\/([a-z_]+))?$/;
const LIST = /^\/api\/v1\/lists\/([A-Za-z0-9_-]+)\/accounts$/;
const ONE = /^\/api\/v1\/accounts\/([A-Za-z0-9_-]+)(?:\/([a-z]+))?$/;

const FIXED: Record<string, Route['run']> = {
  'POST /api/v1/apps': createApp,
  'GET /api/v1/accounts': showAccounts,
  'GET /api/v1/accounts/verify_credentials': verifyCredentials,
  'GET /api/v1/accounts/lookup': lookUp,
  'GET /api/v1/accounts/relationships': relationships,
  'GET /api/v2/search': search,
  'GET /api/v1/blocks': heldBy('blocks'),
  'GET /api/v1/lists': ownLists,
  'GET /api/v1/mutes': heldBy('mutes'),
};

const OF_ONE: Record<string, Route['run']> = {
  'GET ': showAccount,
  'GET followers': follows('followers'),
  'GET following': follows('following'),
  'GET statuses': statusesOf,
  'POST block': block(true),
  'POST unblock': block(false),
  'POST mute': mute(true),
  'POST unmute': mute(false),
};

/** Which method a request is for; null when there is none. */
export function routeOf(verb: string, path: string): { route: Route; id: string } | null {
  const fixed = FIXED[`${verb} ${path}`];
  if (fixed !== undefined) return { route: { name: path.replace(/^\/api\/v\d\//, ''), run: fixed }, id: '' };
  const [, post, of = ''] = POST.exec(path) ?? [];
  const show = verb === 'GET' ? OF_POST[of] : undefined;
  if (post !== undefined)
    return show === undefined
      ? null
      : { route: { name: of === '' ? 'statuses' : `statuses/${of}`, run: show }, id: post };
  const list = LIST.exec(path)?.[1];
  if (list !== undefined && verb === 'GET') return { route: { name: 'lists/accounts', run: members }, id: list };
  const [, id, action = ''] = ONE.exec(path) ?? [];
  const run = OF_ONE[`${verb} ${action}`];
  if (id === undefined || run === undefined) return null;
  return { route: { name: action === '' ? 'accounts' : `accounts/${action}`, run }, id };
}
