import { type Credentials, NetworkError, type Renewal } from '../port.ts';
import type { Access } from './access.ts';
import { bearer, type Connect } from './client.ts';
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

/** Null for anything that `pack` did not make. */
export function unpack(value: unknown): Session | null {
  if (typeof value !== 'object' || value === null) return null;
  const { did, pds, accessJwt, refreshJwt } = value as Partial<Session>;
  return did !== undefined && pds !== undefined && accessJwt !== undefined && refreshJwt !== undefined
    ? { did, pds, accessJwt, refreshJwt }
    : null;
}

/** When a refresh token runs out, as it says itself; null where it is none that we can read. */
export function refreshableUntil(session: Session): Date | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(session.refreshJwt.split('.')[1] ?? '', 'base64url').toString());
    const exp = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : null;
    return typeof exp === 'number' ? new Date(exp * 1_000) : null;
  } catch {
    return null;
  }
}

/** Calls with the session of an app password, renewing it when it has run out. */
export function passwordAccess(
  first: Session,
  renewal: Renewal,
  via: { connect: Connect; entrywayUrl: string; now: () => Date },
): Access {
  let session = first;
  /** What a refresh token was exchanged for, until that is stored. */
  let unstored: { spent: string; next: Session } | null = null;
  let renewing: Promise<void> | null = null;
  const client = via.connect(session.pds);
  const attempted = async <T>(write: boolean, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw toNetworkError(error, { write, now: via.now() });
    }
  };
  const tokens = () => via.connect(tokenServer(session.pds, via.entrywayUrl)).com.server;

  const renewNow = async () => {
    const stored = await renewal(async (text) => {
      const latest = readStored(text, session);
      if (latest.refreshJwt !== session.refreshJwt) return text;
      if (unstored?.spent !== latest.refreshJwt) {
        const { data } = await attempted(false, () => tokens().refreshSession(undefined, bearer(latest.refreshJwt)));
        const next = { ...latest, accessJwt: data.accessJwt, refreshJwt: data.refreshJwt };
        unstored = { spent: latest.refreshJwt, next };
      }
      return pack(unstored.next);
    });
    session = readStored(stored, session);
    unstored = null;
  };
  const renew = async () => {
    renewing ??= renewNow().finally(() => {
      renewing = null;
    });
    await renewing;
  };

  return {
    did: session.did,
    open: (call) => attempted(false, () => call(client)),
    use: async ({ write }, call) => {
      const used = session.accessJwt;
      try {
        return await call(client, bearer(used));
      } catch (error) {
        if (!isExpired(error)) throw toNetworkError(error, { write, now: via.now() });
      }
      if (session.accessJwt === used) await renew();
      return attempted(write, () => call(client, bearer(session.accessJwt)));
    },
    renew,
    async giveBack() {
      try {
        await attempted(false, () => tokens().deleteSession(undefined, bearer(session.refreshJwt)));
      } catch (error) {
        if (!(error instanceof NetworkError) || error.problem !== 'unauthorized') throw error;
      }
    },
  };
}

/** Somebody may have signed in anew meanwhile, another way: that is for the next turn, not for this one. */
function readStored(stored: Credentials, current: Session): Session {
  const session = unpack(JSON.parse(stored));
  if (session?.did !== current.did) throw new NetworkError('down', { message: 'other credentials are stored by now' });
  return session;
}
