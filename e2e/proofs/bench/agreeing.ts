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
  const nobody = async () => ({ items: [], cursor: null, total: null });
  const written = async () => ({ head: 'head', report: null });
  return {
    ...real,
    actFor: () => ({
      head: async () => 'head',
      held: async () => ({ items: [], cursor: null }),
      apply: written,
      lift: written,
      relations: async (others) =>
        others.map((nativeId) => ({ nativeId, follows: false, followedBy: false, held: null })),
      followers: nobody,
      following: nobody,
      talked: nobody,
      crowd: nobody,
      renew: async () => {},
      giveBack: async () => {},
    }),
  };
}
