import { createBluesky } from '@secateur/networks/bluesky';
import type { NetworkPort } from '@secateur/networks/port';

/** A network that agrees with everything at once, without leaving this process. */
export function agreeing(): NetworkPort {
  const nowhere = 'http://127.0.0.1:1';
  const real = createBluesky({
    appviewUrl: nowhere,
    plcUrl: nowhere,
    entrywayUrl: nowhere,
    gate: { pass: async () => {} },
    allowLoopback: true,
  });
  const written = async () => ({ head: 'head', report: null });
  return {
    ...real,
    actFor: () => ({
      head: async () => 'head',
      held: async () => ({ items: [], cursor: null }),
      apply: written,
      lift: written,
      renew: async () => {},
      giveBack: async () => {},
    }),
  };
}
