import { type Credentials, type Grant, NetworkError } from '../port.ts';
import { LIFETIMES } from './oauth/lifetimes.ts';
import { isBroad, rightsIn } from './oauth/scopes.ts';
import { type OAuthCredentials, unpackOAuth } from './oauth/session.ts';
import { refreshableUntil, type Session, unpack } from './session.ts';

type Known = { oauth: OAuthCredentials } | { password: Session };

/** Reads credentials of either kind. Throws `unauthorized` for what this adapter did not make. */
export function readCredentials(credentials: Credentials): Known {
  const value = parsed(credentials);
  const oauth = unpackOAuth(value);
  if (oauth) return { oauth };
  const password = unpack(value);
  if (password) return { password };
  throw new NetworkError('unauthorized');
}

/** What credentials allow and how long they last. An app password allows everything but the account's own settings. */
export function grantOf(credentials: Credentials): Grant {
  const known = readCredentials(credentials);
  if ('password' in known) {
    return {
      rights: ['block', 'mute'],
      broad: true,
      crowds: [],
      renewBy: refreshableUntil(known.password),
      endsAt: null,
    };
  }
  const { scope, auth, beganAt, renewedAt } = known.oauth;
  const { whole, idle } = LIFETIMES[auth.method === 'none' ? 'public' : 'confidential'];
  return {
    rights: rightsIn(scope),
    broad: isBroad(scope),
    crowds: [],
    renewBy: new Date(new Date(renewedAt).getTime() + idle),
    endsAt: new Date(new Date(beganAt).getTime() + whole),
  };
}

function parsed(credentials: Credentials): unknown {
  try {
    return JSON.parse(credentials);
  } catch {
    // The text may hold secrets, so no cause is kept.
    throw new NetworkError('unauthorized');
  }
}
