import 'server-only';
import { CONSENT_NETWORKS, type ConsentNetwork } from '@secateur/core/oauth/schemas';
import { env } from '~/env.ts';

/** The networks whose accounts can be connected here: X only where this installation has an app there. */
export function connectable(): ConsentNetwork[] {
  return CONSENT_NETWORKS.filter((network) => network !== 'x' || env().X_CLIENT_ID !== undefined);
}

/** Those that people sign in with: X only where this installation has an app there for that alone. */
export function opensDoor(): ConsentNetwork[] {
  return connectable().filter((network) => network !== 'x' || env().X_SIGN_IN_CLIENT_ID !== undefined);
}
