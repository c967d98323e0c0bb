import { type Credentials, NetworkError, type Renewal } from '../../port.ts';
import type { Access } from '../access.ts';
import { type Client as Bound, type Connect, clientOver } from '../client.ts';
import { toNetworkError } from '../errors.ts';
import type { Client, Clients } from './clients.ts';
import { toOAuthError } from './errors.ts';
import { expiry } from './flow.ts';
import { LEEWAY } from './lifetimes.ts';
import { type OAuthCredentials, packOAuth, unpackOAuth } from './session.ts';
import { refusesProof, refusesToken, type Speaker } from './speaker.ts';

export type OAuthAccessVia = { clients: Clients; connect: Connect; now: () => Date };

/** Calls with an OAuth session, renewing it when it has run out. */
export function oauthAccess(session: OAuthCredentials, renewal: Renewal, via: OAuthAccessVia): Access {
  let current = session;
  /** What a refresh token was exchanged for, until that is stored: the token is spent, and this is all there is of it. */
  let unstored: { spent: string; next: OAuthCredentials } | null = null;
  let renewing: Promise<void> | null = null;
  let speaker: Speaker | null = null;

  const renewNow = async () => {
    const stored = await renewal(async (text) => {
      const latest = readStored(text, current);
      if (latest.refresh !== current.refresh) return text;
      if (unstored?.spent !== latest.refresh) {
        unstored = {
          spent: latest.refresh,
          next: await renewed(latest, await via.clients.of(latest.clientId), via.now),
        };
      }
      return packOAuth(unstored.next);
    });
    current = readStored(stored, current);
    unstored = null;
  };
  /** Renews, unless another call has done so since `used` was taken. */
  const renew = async (used: string) => {
    if (current.access !== used) return;
    renewing ??= renewNow().finally(() => {
      renewing = null;
    });
    await renewing;
  };
  const token = async (): Promise<string> => {
    // Twice, because what another process has stored may be old as well.
    for (let i = 0; i < 2 && hasRunOut(current, via.now()); i++) await renew(current.access);
    return current.access;
  };

  const client: Bound = clientOver(async (path, init) => {
    const used = await token();
    speaker ??= await speakerFor(current, via);
    const url = new URL(path, current.pds);
    let answer = await speaker.send(url, init, used);
    if (refusesToken(answer)) {
      await renew(used);
      answer = await speaker.send(new URL(path, current.pds), init, current.access);
    }
    if (refusesProof(answer)) throw new NetworkError('down', { message: 'the proof was refused' });
    return answer;
  });
  const open = via.connect(new URL(current.pds).origin);

  const attempted = async <T>(write: boolean, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw toNetworkError(error, { write, now: via.now() });
    }
  };
  return {
    did: current.did,
    open: (call) => attempted(false, () => call(open)),
    use: ({ write }, call) => attempted(write, () => call(client, {})),
    renew: () => attempted(false, () => renew(current.access)),
    async giveBack() {
      try {
        const { server } = await speakerFor(current, via);
        // Not the library's own revoking, which never says whether it worked.
        await server.request('revocation', { token: current.refresh });
      } catch (error) {
        const failed = toOAuthError(error, { now: via.now(), refused: 'unauthorized' });
        if (failed.problem !== 'unauthorized' && failed.problem !== 'rejected') throw failed;
      }
    },
  };
}

async function speakerFor(session: OAuthCredentials, via: { clients: Clients }): Promise<Speaker> {
  try {
    return await (await via.clients.of(session.clientId)).speaker(session);
  } catch (error) {
    throw toOAuthError(error, { now: new Date(), refused: 'unauthorized' });
  }
}

/** Exchanges the refresh token. It is spent from here on, whatever becomes of the answer. */
async function renewed(session: OAuthCredentials, client: Client, now: () => Date): Promise<OAuthCredentials> {
  try {
    const { server } = await client.speaker(session);
    const tokens = await server.refresh({
      iss: session.issuer,
      sub: session.did,
      aud: session.pds,
      scope: session.scope as `atproto`,
      refresh_token: session.refresh,
      access_token: session.access,
      token_type: 'DPoP',
    });
    const at = now();
    return {
      ...session,
      pds: tokens.aud,
      scope: tokens.scope,
      access: tokens.access_token,
      refresh: tokens.refresh_token ?? session.refresh,
      renewedAt: at.toISOString(),
      expiresAt: expiry(tokens.expires_at, at),
    };
  } catch (error) {
    throw toOAuthError(error, { now: now(), refused: 'unauthorized' });
  }
}

function hasRunOut(session: OAuthCredentials, now: Date): boolean {
  return session.expiresAt !== null && new Date(session.expiresAt).getTime() - LEEWAY <= now.getTime();
}

/** Somebody may have signed in anew meanwhile, another way: that is for the next turn, not for this one. */
function readStored(stored: Credentials, current: OAuthCredentials): OAuthCredentials {
  const session = unpackOAuth(JSON.parse(stored));
  if (session?.did !== current.did) throw new NetworkError('down', { message: 'other credentials are stored by now' });
  return session;
}
