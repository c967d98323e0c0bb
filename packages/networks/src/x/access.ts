import { type Credentials, NetworkError, type Renewal } from '../port.ts';
import type { Answer, Ask, Client } from './client.ts';
import { pack, type Session, unpack } from './credentials.ts';
import { Refused, toNetworkError } from './errors.ts';
import { LEEWAY } from './limits.ts';
import { allows } from './oauth/scopes.ts';
import { type App, revoke, tokensFor } from './oauth/token.ts';
import type { Send } from './send.ts';

export type AccessVia = { ask: Ask; send: Send; apiUrl: string; app: App; now(): Date };

/** Calls for one account, with a token that is renewed when it has run out. */
export type Access = {
  readonly id: string;
  /** Runs `call` as the account; when its token is refused, once more with a renewed one. `need` is the scope it takes. */
  use(attempt: { write: boolean; need: string }, call: (client: Client) => Promise<unknown>): Promise<Answer>;
  renew(): Promise<void>;
  giveBack(): Promise<void>;
};

export function accessFor(session: Session, renewal: Renewal, via: AccessVia): Access {
  let current = session;
  /** What a refresh token was exchanged for, until that is stored: the token is spent, and this is all there is of it. */
  let unstored: { spent: string; next: Session } | null = null;
  let renewing: Promise<void> | null = null;

  const renewNow = async () => {
    const stored = await renewal(async (text) => {
      const latest = readStored(text, current);
      if (latest.access !== current.access) return text;
      if (latest.refresh === null) throw new NetworkError('unauthorized');
      if (unstored?.spent !== latest.refresh)
        unstored = { spent: latest.refresh, next: await exchanged(latest, latest.refresh, via) };
      return pack(unstored.next);
    });
    current = readStored(stored, current);
    unstored = null;
  };
  /** Renews, unless another call has done so since `used` was taken. Nothing was sent yet when it fails. */
  const renew = async (used: string) => {
    if (current.access !== used) return;
    renewing ??= renewNow().finally(() => {
      renewing = null;
    });
    try {
      await renewing;
    } catch (error) {
      throw toNetworkError(error, { write: false, now: via.now(), allowed: true });
    }
  };
  const token = async (): Promise<string> => {
    // Twice, because what another process has stored may be old as well.
    for (let i = 0; i < 2 && hasRunOut(current, via.now()); i++) await renew(current.access);
    return current.access;
  };
  const send = (access: string, call: (client: Client) => Promise<unknown>) =>
    via.ask({ kind: 'account', token: access }, call);

  return {
    id: session.id,
    async use({ write, need }, call) {
      const allowed = allows(current.scope, need);
      if (!allowed) throw new NetworkError('declined', { message: `without ${need}` });
      const used = await token();
      try {
        return await send(used, call).catch(async (error: unknown) => {
          if (!(error instanceof Refused && error.status === 401)) throw error;
          await renew(used);
          return send(current.access, call);
        });
      } catch (error) {
        throw toNetworkError(error, { write, now: via.now(), allowed });
      }
    },
    renew: () => renew(current.access),
    async giveBack() {
      try {
        for (const one of [current.refresh, current.access]) if (one !== null) await revoke(via, one);
      } catch (error) {
        throw toNetworkError(error, { write: false, now: via.now(), allowed: null });
      }
    },
  };
}

/** Exchanges the refresh token. It is spent from here on, whatever becomes of the answer. */
async function exchanged(session: Session, refresh: string, via: AccessVia): Promise<Session> {
  const at = via.now();
  const form = { grant_type: 'refresh_token', refresh_token: refresh };
  const tokens = await tokensFor(via, form, { refused: 'unauthorized', scope: session.scope });
  return {
    ...session,
    access: tokens.access,
    refresh: tokens.refresh ?? refresh,
    scope: tokens.scope,
    expiresAt: tokens.expiresAt.toISOString(),
    renewedAt: at.toISOString(),
  };
}

function hasRunOut({ expiresAt, refresh }: Session, now: Date): boolean {
  return refresh !== null && Date.parse(expiresAt) - LEEWAY <= now.getTime();
}

/** Somebody may have signed in anew meanwhile: as another account that is for the next turn, not for this one. */
function readStored(stored: Credentials, current: Session): Session {
  const session = unpack(stored);
  if (session.id !== current.id) throw new NetworkError('down', { message: 'other credentials are stored by now' });
  return session;
}
