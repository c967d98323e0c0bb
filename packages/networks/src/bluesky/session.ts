import { type Credentials, NetworkError } from '../port.ts';
import { bearer, type Client, type Connect } from './client.ts';
import { isExpired, toNetworkError } from './errors.ts';

/** What an app password was exchanged for. The refresh token works once. */
export type Session = { did: string; pds: string; accessJwt: string; refreshJwt: string };

/** Accounts of Bluesky's own servers get their tokens from the entryway: atproto.com/guides/glossary#entryway. */
const ENTRYWAY_HOSTS = '.host.bsky.network';

/** The server that gives and renews the tokens of an account whose repository is at `pds`. */
export function tokenServer(pds: string, entrywayUrl: string): string {
  return new URL(pds).hostname.endsWith(ENTRYWAY_HOSTS) ? new URL(entrywayUrl).origin : pds;
}

export function pack(session: Session): Credentials {
  const { did, pds, accessJwt, refreshJwt } = session;
  return JSON.stringify({ did, pds, accessJwt, refreshJwt });
}

/** Throws `unauthorized` for credentials that this adapter did not make. */
function unpack(credentials: Credentials): Session {
  try {
    const { did, pds, accessJwt, refreshJwt } = JSON.parse(credentials) as Partial<Session>;
    if (did !== undefined && pds !== undefined && accessJwt !== undefined && refreshJwt !== undefined) {
      return { did, pds, accessJwt, refreshJwt };
    }
  } catch {
    // Falls through: the text may hold secrets, so no cause is kept.
  }
  throw new NetworkError('unauthorized');
}

type Authorised = { headers: { authorization: string } };

/** Calls with a session's access token, renewing it when it has run out. */
export type Access = {
  readonly client: Client;
  readonly did: string;
  /** Runs `call` with a token; when that one has run out, once more with a new one. */
  use<T>(attempt: { write: boolean }, call: (options: Authorised) => Promise<T>): Promise<T>;
  /** Runs a call that needs no token. */
  open<T>(call: () => Promise<T>): Promise<T>;
};

export function access(
  credentials: Credentials,
  rotated: (credentials: Credentials) => Promise<void>,
  via: { connect: Connect; entrywayUrl: string; now: () => Date },
): Access {
  let session = unpack(credentials);
  let renewing: Promise<void> | null = null;
  const client = via.connect(session.pds);
  const attempted = async <T>(write: boolean, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw toNetworkError(error, { write, now: via.now() });
    }
  };

  const renew = async () => {
    const tokens = via.connect(tokenServer(session.pds, via.entrywayUrl)).com.server;
    const { data } = await attempted(false, () => tokens.refreshSession(undefined, bearer(session.refreshJwt)));
    const next = { ...session, accessJwt: data.accessJwt, refreshJwt: data.refreshJwt };
    await rotated(pack(next));
    session = next;
  };

  return {
    client,
    did: session.did,
    open: (call) => attempted(false, call),
    use: async ({ write }, call) => {
      const used = session.accessJwt;
      try {
        return await call(bearer(used));
      } catch (error) {
        if (!isExpired(error)) throw toNetworkError(error, { write, now: via.now() });
      }
      if (session.accessJwt === used) {
        renewing ??= renew().finally(() => {
          renewing = null;
        });
        await renewing;
      }
      return attempted(write, () => call(bearer(session.accessJwt)));
    },
  };
}
