import { isValidDid } from '@atproto/syntax';
import type { GuardedFetch } from '../http/index.ts';
import { type Credentials, type Gate, NetworkError, type PublicProfile } from '../port.ts';
import type { Client, Connect } from './client.ts';
import { serverOf } from './did.ts';
import { toNetworkError } from './errors.ts';
import { toProfile } from './mapper.ts';
import { actorIn } from './query.ts';
import { pack, tokenServer } from './session.ts';

export type SignInVia = {
  appview: Client;
  connect: Connect;
  plcUrl: string;
  entrywayUrl: string;
  fetch: GuardedFetch;
  gate: Gate;
  now: () => Date;
};

/** Exchanges a handle and an app password for tokens, at the server that the account's DID document names. */
export async function signIn(
  handle: string,
  password: string,
  via: SignInVia,
): Promise<{ profile: PublicProfile; credentials: Credentials }> {
  try {
    const did = await didOf(actorIn(handle), via);
    const pds = await serverOf(did, via);
    const tokens = via.connect(tokenServer(pds, via.entrywayUrl)).com.server;
    const { data } = await tokens.createSession({ identifier: did, password });
    if (data.did !== did)
      throw new NetworkError('unauthorized', { message: 'the server answered for another account' });
    if (data.active === false) throw new NetworkError(data.status === 'deactivated' ? 'deactivated' : 'suspended');
    const credentials = pack({ did, pds, accessJwt: data.accessJwt, refreshJwt: data.refreshJwt });
    return { profile: await profileOf(did, data.handle, via.appview), credentials };
  } catch (error) {
    throw toNetworkError(error, { write: false, now: via.now() });
  }
}

/**
 * The entryway knows its own new accounts before the AppView has indexed them; the AppView remembers the handle of an
 * account put away, which its server no longer answers for.
 */
export async function didOf(
  actor: string,
  via: Pick<SignInVia, 'appview' | 'connect' | 'entrywayUrl' | 'now'>,
): Promise<string> {
  if (isValidDid(actor)) return actor;
  const ask = async (client: Client) => String((await client.com.identity.resolveHandle({ handle: actor })).data.did);
  try {
    return await ask(via.connect(via.entrywayUrl));
  } catch (error) {
    if (toNetworkError(error, { write: false, now: via.now() }).problem !== 'not_found') throw error;
    return ask(via.appview);
  }
}

/** The account as everybody sees it. An account so new that the AppView has not heard of it is shown by its handle. */
export async function profileOf(did: string, handle: string, appview: Client): Promise<PublicProfile> {
  try {
    return toProfile((await appview.app.actor.getProfile({ actor: did })).data);
  } catch (error) {
    if (toNetworkError(error, { write: false, now: new Date() }).problem !== 'not_found') throw error;
    return { nativeId: did, handle, displayName: null, followers: null, following: null, verified: null };
  }
}
