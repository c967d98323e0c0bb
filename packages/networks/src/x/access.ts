import { NetworkError, type Renewal } from '../port.ts';
import { renewing } from '../renewing.ts';
import type { Answer, Ask, Client } from './client.ts';
import { pack, type Session, unpack } from './credentials.ts';
import { Refused, toNetworkError } from './errors.ts';
import { LEEWAY } from './limits.ts';
import { allows } from './oauth/scopes.ts';
import { type App, type Apps, revoke, tokensFor } from './oauth/token.ts';
import type { Send } from './send.ts';

export type AccessVia = { ask: Ask; send: Send; apiUrl: string; apps: Apps; now(): Date };

/** Calls for one account, with a token that is renewed when it has run out. */
export type Access = {
  readonly id: string;
  /** Runs `call` as the account; when its token is refused, once more with a renewed one. `need` is the scope it takes. */
  use(attempt: { write: boolean; need: string }, call: (client: Client) => Promise<unknown>): Promise<Answer>;
  renew(): Promise<void>;
  giveBack(): Promise<void>;
};

export function accessFor(session: Session, renewal: Renewal, via: AccessVia): Access {
  const kept = renewing(session, renewal, {
    pack,
    unpack,
    sameAccount: (one, other) => one.id === other.id,
    access: ({ access }) => access,
    refresh: ({ refresh }) => refresh,
    hasRunOut: ({ expiresAt }) => Date.parse(expiresAt) - LEEWAY <= via.now().getTime(),
    exchange: (latest, refresh) => exchanged(latest, refresh, via),
  });
  /** Nothing was sent yet when this fails. */
  const before = async <T>(step: Promise<T>): Promise<T> => {
    try {
      return await step;
    } catch (error) {
      throw toNetworkError(error, { write: false, now: via.now(), allowed: true });
    }
  };
  const send = (access: string, call: (client: Client) => Promise<unknown>) =>
    via.ask({ kind: 'account', token: access }, call);

  return {
    id: session.id,
    async use({ write, need }, call) {
      const allowed = allows(kept.current().scope, need);
      if (!allowed) throw new NetworkError('declined', { message: `without ${need}` });
      const used = await before(kept.token());
      try {
        return await send(used, call).catch(async (error: unknown) => {
          if (!(error instanceof Refused && error.status === 401)) throw error;
          await before(kept.renew(used));
          return send(kept.current().access, call);
        });
      } catch (error) {
        throw toNetworkError(error, { write, now: via.now(), allowed });
      }
    },
    renew: () => before(kept.renew(kept.current().access)),
    async giveBack() {
      const { refresh, access, by } = kept.current();
      try {
        const app = ownerOf(by, via.apps);
        for (const one of [refresh, access]) if (one !== null) await revoke(via, app, one);
      } catch (error) {
        throw toNetworkError(error, { write: false, now: via.now(), allowed: null });
      }
    },
  };
}

/** The app that a session was given to. Throws `no_access` for one that this installation does not have any more. */
function ownerOf(by: Session['by'], { app, signIn }: Apps): App {
  const owner = by === 'app' ? app : signIn;
  if (owner === null) throw new NetworkError('no_access', { message: 'no such app any more' });
  return owner;
}

async function exchanged(session: Session, refresh: string, via: AccessVia): Promise<Session> {
  const at = via.now();
  const form = { grant_type: 'refresh_token', refresh_token: refresh };
  const tokens = await tokensFor(via, ownerOf(session.by, via.apps), form, {
    refused: 'unauthorized',
    scope: session.scope,
  });
  return {
    ...session,
    access: tokens.access,
    refresh: tokens.refresh ?? refresh,
    scope: tokens.scope,
    expiresAt: tokens.expiresAt.toISOString(),
    renewedAt: at.toISOString(),
  };
}
