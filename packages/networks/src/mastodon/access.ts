import { NetworkError } from '../port.ts';
import type { Client, Connect } from './client.ts';
import type { Session } from './credentials.ts';
import { Refused, toNetworkError } from './errors.ts';
import { allows } from './oauth/scopes.ts';
import { isJson, type Send } from './send.ts';

/** Calls for one account, with its token. */
export type Access = {
  readonly session: Session;
  /** Runs `call` as the account. `need` is the scope that the network asks for it. */
  use<T>(attempt: { write: boolean; need: string }, call: (client: Client) => Promise<T>): Promise<T>;
  renew(): Promise<void>;
  giveBack(): Promise<void>;
};

export function accessFor(session: Session, via: { connect: Connect; send: Send; now: () => Date }): Access {
  const client = via.connect(session.server, session.token);
  const use: Access['use'] = async ({ write, need }, call) => {
    try {
      return await call(client);
    } catch (error) {
      if (!write && isUnfit(error) && (await isNobodys(client)))
        throw new NetworkError('unauthorized', { cause: error });
      throw toNetworkError(error, { write, now: via.now(), allowed: allows(session.scope, need) });
    }
  };
  return {
    session,
    use,
    // A token lasts until it is taken back: there is nothing to exchange, only to see whether it was.
    renew: async () => {
      await use({ write: false, need: 'read:accounts' }, (c) => c.v1.accounts.verifyCredentials());
    },
    async giveBack() {
      const form = { client_id: session.client.id, client_secret: session.client.secret, token: session.token };
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
