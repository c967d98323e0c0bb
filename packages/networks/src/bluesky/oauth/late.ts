import type { OAuthPort, Renewal } from '../../port.ts';
import type { Access } from '../access.ts';
import type { OAuth, OAuthOptions } from './oauth.ts';
import type { OAuthCredentials } from './session.ts';

/**
 * What speaks OAuth, loaded when somebody first needs it: the official library brings three HTTP clients and two schema
 * libraries, some 20 MiB that a worker whose accounts all came with app passwords does without (`npm run prove:bench`).
 */
export function lateOAuth(options: OAuthOptions): OAuth {
  let loading: Promise<OAuth> | null = null;
  const load = () => (loading ??= import('./oauth.ts').then(({ createOAuth }) => createOAuth(options)));
  const port: OAuthPort = {
    begin: async (account, rights) => (await load()).port.begin(account, rights),
    finish: async (secret, answer) => (await load()).port.finish(secret, answer),
  };
  return { port, access: (session, renewal) => lateAccess(session, renewal, load) };
}

function lateAccess(session: OAuthCredentials, renewal: Renewal, load: () => Promise<OAuth>): Access {
  let loading: Promise<Access> | null = null;
  const loaded = () => (loading ??= load().then(({ access }) => access(session, renewal)));
  return {
    did: session.did,
    use: async (attempt, call) => (await loaded()).use(attempt, call),
    open: async (call) => (await loaded()).open(call),
    renew: async () => (await loaded()).renew(),
    giveBack: async () => (await loaded()).giveBack(),
  };
}
