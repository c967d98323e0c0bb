import type { OAuthPort, Renewal } from '../../port.ts';
import type { Access } from '../access.ts';
import { oauthAccess } from './access.ts';
import { type ClientOptions, createClients } from './clients.ts';
import { type FlowVia, flows } from './flow.ts';
import type { OAuthCredentials } from './session.ts';

export type OAuthOptions = ClientOptions &
  Omit<FlowVia, 'clients'> & { connect: Parameters<typeof oauthAccess>[2]['connect'] };

/** Everything that speaks OAuth. Whoever imports this file loads the official library with it: see late.ts. */
export type OAuth = { port: OAuthPort; access(session: OAuthCredentials, renewal: Renewal): Access };

export function createOAuth(options: OAuthOptions): OAuth {
  const { connect, now } = options;
  const clients = createClients(options);
  return {
    port: flows({ ...options, clients }),
    access: (session, renewal) => oauthAccess(session, renewal, { clients, connect, now }),
  };
}
