import type { Site } from '../site.ts';
import { type Person, personByDid, personByName } from '../state/people.ts';
import type { Session } from '../state/state.ts';
import { XrpcError } from './errors.ts';
import { didDocument } from './identity.ts';
import { bodyOf, type Call, type Method, textIn } from './method.ts';
import { checkRefresh, issueTokens } from './tokens.ts';

/** com.atproto.server.createSession. Any code is the right one where a second factor is asked for. */
export const createSession: Method = {
  verb: 'POST',
  pds: true,
  run: (call) => {
    const { site } = call;
    const body = bodyOf(call);
    const identifier = textIn(body, 'identifier').toLowerCase();
    const password = textIn(body, 'password');
    if (site.state.limits) call.charge(site.limits.signIn(identifier, call.address, site.clock.now()));
    const person = personByName(site.state, identifier);
    if (!person?.account || person.account.password !== password || person.status === 'deleted')
      throw new XrpcError(401, 'AuthenticationRequired', 'Invalid identifier or password');
    if (person.status === 'suspended') throw new XrpcError(401, 'AccountTakedown', 'Account has been taken down');
    if (person.account.secondFactor && typeof body.authFactorToken !== 'string')
      throw new XrpcError(401, 'AuthFactorTokenRequired', 'A sign in code has been sent to your email address');
    return { ...about(site, person), ...issueTokens(site, person.did) };
  },
};

/** com.atproto.server.refreshSession: the token is used up by it. */
export const refreshSession: Method = {
  verb: 'POST',
  pds: true,
  run: (call) => {
    const { session, person } = refreshing(call);
    if (person.status === 'suspended') throw new XrpcError(401, 'AccountTakedown', 'Account has been taken down');
    return { ...about(call.site, person), ...issueTokens(call.site, person.did, session.id) };
  },
};

/** com.atproto.server.deleteSession. Access tokens live on until they expire, as on the real server. */
export const deleteSession: Method = {
  verb: 'POST',
  pds: true,
  run: (call) => {
    const { session } = refreshing(call);
    call.site.record({ t: 'session', id: session.id, did: session.did, refresh: null, dead: false });
    return null;
  },
};

/** com.atproto.server.getSession. */
export const getSession: Method = {
  verb: 'GET',
  pds: true,
  run: (call) => {
    if (call.session instanceof Error) throw call.session;
    if (call.session === null) throw new XrpcError(401, 'AuthMissing', 'Authentication Required');
    return about(call.site, owner(call.site, call.session));
  },
};

function refreshing(call: Call): { session: Session; person: Person } {
  if (call.token === null) throw new XrpcError(401, 'AuthMissing', 'Authentication Required');
  const session = checkRefresh(call.site, call.token);
  if (session instanceof Error) throw session;
  return { session, person: owner(call.site, session) };
}

function owner(site: Site, session: { did: string }): Person {
  const person = personByDid(site.state, session.did);
  if (person === null || person.status === 'deleted')
    throw new XrpcError(400, 'InvalidRequest', `Could not find user info for account: ${session.did}`);
  return person;
}

function about(site: Site, person: Person): object {
  const active = person.status === 'active';
  return {
    did: person.did,
    handle: person.handle,
    didDoc: didDocument(site, person.did),
    emailConfirmed: true,
    emailAuthFactor: person.account?.secondFactor ?? false,
    active,
    ...(active ? {} : { status: person.status === 'suspended' ? 'takendown' : person.status }),
  };
}
