import { type Call, signedIn, subjectOf, viewerOf } from './call.ts';
import { ApiError } from './errors.ts';
import { type FediPerson, isKnown, learn, personByAcct, personByAddress } from './people.ts';
import { knowsPost, learnPost, postByAddress } from './post-names.ts';
import { statusView } from './post-views.ts';
import { accountView, relationshipView } from './views.ts';

/** GET /api/v1/accounts/verify_credentials: the scope `profile` is enough since 4.3. */
export function verifyCredentials(call: Call): object {
  const scopes = call.server.discovery ? ['read:accounts', 'profile'] : ['read:accounts'];
  return accountView(call.site, call.server, signedIn(call, scopes));
}

/** GET /api/v1/accounts/:id. */
export function showAccount(call: Call): object {
  viewerOf(call, 'read:accounts');
  return accountView(call.site, call.server, subjectOf(call));
}

/** GET /api/v1/accounts, many in one question since 4.3: whom the server does not know is left out. */
export function showAccounts(call: Call): object[] {
  if (!call.server.discovery) throw new ApiError(404, 'The page you are looking for is not here');
  viewerOf(call, 'read:accounts');
  return idsIn(call).flatMap((id) => {
    const person = known(call, id);
    return person === null ? [] : [accountView(call.site, call.server, person)];
  });
}

function idsIn({ params }: Call): string[] {
  return [...params.getAll('id[]'), ...params.getAll('id')];
}

function known(call: Call, id: string): FediPerson | null {
  try {
    return subjectOf(call, id);
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

/** GET /api/v1/accounts/lookup: only whom the server knows, without asking others. */
export function lookUp(call: Call): object {
  const { site, server, params } = call;
  viewerOf(call, 'read:accounts');
  const person = personByAcct(site, params.get('acct') ?? '', server);
  if (person === null || person.status === 'deleted' || !isKnown(site, server, person))
    throw new ApiError(404, 'Record not found');
  return accountView(site, server, person);
}

/** GET /api/v2/search: by handle or address. With `resolve` the server asks the other one about whom it does not know. */
export function search(call: Call): object {
  const { site, server, params } = call;
  signedIn(call, 'read:search');
  const q = (params.get('q') ?? '').trim();
  const person = /^https?:/.test(q) ? personByAddress(site, q) : personByAcct(site, q, server);
  const found = person !== null && (person.status === 'active' || person.status === 'disabled');
  const resolve = params.get('resolve') === 'true';
  if (found && resolve && !call.unknownYet) learn(site, server, person);
  const post = found ? null : postByAddress(site, q);
  if (post !== null && resolve && !call.unknownYet) learnPost(site, server, post);
  const wantsPosts = (params.get('type') ?? 'statuses') === 'statuses';
  const statuses =
    post !== null && wantsPosts && !call.unknownYet && knowsPost(site, server, post)
      ? [statusView(site, server, post)]
      : [];
  const accounts = found && isKnown(site, server, person) ? [accountView(site, server, person)] : [];
  const wantsPeople = (params.get('type') ?? 'accounts') === 'accounts';
  return { accounts: call.unknownYet || !wantsPeople ? [] : accounts, statuses, hashtags: [] };
}

/** GET /api/v1/accounts/relationships. Ids that the server does not know, and suspended accounts, are left out. */
export function relationships(call: Call): object[] {
  const { site, server, params } = call;
  const viewer = signedIn(call, 'read:follows');
  const suspendedToo = params.get('with_suspended') === 'true';
  return idsIn(call).flatMap((id) => {
    const person = known(call, id);
    if (person === null || (person.status === 'suspended' && !suspendedToo)) return [];
    return [relationshipView(site, server, viewer, person)];
  });
}
