import { NetworkError, type Renewal } from '../port.ts';
import { renewing } from '../renewing.ts';
import type { Client, Connect } from './client.ts';
import { pack, type Session, unpack } from './credentials.ts';
import { Refused, toNetworkError } from './errors.ts';
import { LEEWAY } from './limits.ts';
import { allows } from './oauth/scopes.ts';
import { refreshed } from './oauth/token.ts';
import { isJson, type Send } from './send.ts';

/** Calls for one account, with its token. */
export type Access = {
  readonly session: Session;
  /** Runs `call` as the account. `need` is the scope that the network asks for it. */
  use<T>(attempt: { write: boolean; need: string }, call: (client: Client) => Promise<T>): Promise<T>;
  renew(): Promise<void>;
  giveBack(): Promise<void>;
};

export type AccessVia = { connect: Connect; send: Send; now: () => Date };

export function accessFor(session: Session, renewal: Renewal, via: AccessVia): Access {
  const kept = renewing(session, renewal, {
    pack,
    unpack,
    sameAccount: (one, other) => one.uri === other.uri && one.server === other.server,
    access: ({ token }) => token,
    refresh: ({ refresh }) => refresh,
    hasRunOut: ({ endsAt }) => endsAt !== null && Date.parse(endsAt) - LEEWAY <= via.now().getTime(),
    exchange: (latest, refresh) => refreshed(latest, refresh, via),
  });
  /** Nothing was sent yet when this fails. */
  const before = async <T>(step: Promise<T>): Promise<T> => {
    try {
      return await step;
    } catch (error) {
      throw toNetworkError(error, { write: false, now: via.now(), allowed: true });
    }
  };
  let bound = { token: session.token, client: via.connect(session.server, session.token) };
  const clientWith = (token: string): Client => {
    if (bound.token !== token) bound = { token, client: via.connect(session.server, token) };
    return bound.client;
  };
  const use: Access['use'] = async ({ write, need }, call) => {
    const used = await before(kept.token());
    try {
      return await call(clientWith(used)).catch(async (error: unknown) => {
        const refused = error instanceof Refused && error.status === 401;
        if (!refused || kept.current().refresh === null) throw error;
        await before(kept.renew(used));
        return call(clientWith(kept.current().token));
      });
    } catch (error) {
      if (!write && isUnfit(error) && (await isNobodys(bound.client)))
        throw new NetworkError('unauthorized', { cause: error });
      throw toNetworkError(error, { write, now: via.now(), allowed: allows(kept.current().scope, need) });
    }
  };
  const revoke = async (token: string) => {
    const { client } = kept.current();
    const form = { client_id: client.id, client_secret: client.secret, token };
    let response: Response;
    try {
      response = await via.send(new URL('/oauth/revoke', session.server), {
        method: 'POST',
        body: String(new URLSearchParams(form)),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    } catch (error) {
      throw toNetworkError(error, { write: false, now: via.now(), allowed: null });
    }
    const { status } = response;
    // RFC 7009: a token that is gone is no error. An app that the server forgot takes its tokens with it.
    if (response.ok || (isJson(response) && status >= 400 && status < 500 && status !== 429)) return;
    throw new NetworkError('down', { message: `revoke: ${status}` });
  };
  return {
    session,
    use,
    renew: async () => {
      const { token, refresh } = kept.current();
      if (refresh !== null) return before(kept.renew(token));
      // A token that lasts until it is taken back: there is nothing to exchange, only to see whether it was.
      await use({ write: false, need: 'read:accounts' }, (c) => c.v1.accounts.verifyCredentials());
    },
    async giveBack() {
      const { refresh, token } = kept.current();
      // Not every server ends both with either.
      for (const one of [refresh, token]) if (one !== null) await revoke(one);
    },
  };
}

function isUnfit(error: unknown): boolean {
  return error instanceof Refused && error.json && error.status === 422;
}

/**
 * Whether the token is an app's and no account's: servers say so with the status that they have for whatever can't be done as
 * asked, and whose account it is can always be asked.
 */
async function isNobodys(client: Client): Promise<boolean> {
  try {
    await client.v1.accounts.verifyCredentials();
    return false;
  } catch (error) {
    return isUnfit(error);
  }
}
