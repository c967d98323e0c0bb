import { createBluesky } from '@secateur/networks/bluesky';
import { createMastodon } from '@secateur/networks/mastodon';
import { CROWD_KINDS } from '@secateur/networks/port';
import { createX } from '@secateur/networks/x';
import { afterAll, expect, test } from 'vitest';
import { LISTS_FREELY, TELLS_TALKS } from '../../exemptions/policy/index.ts';
import { OFFERS, SHOWN_TO_ACCOUNTS } from './offers.ts';

const gate = { pass: async () => {} };
const url = 'http://localhost:1';
const ports = {
  bluesky: createBluesky({ appviewUrl: url, plcUrl: url, entrywayUrl: url, gate, allowLoopback: true }),
  mastodon: createMastodon({ gate, pagingGate: gate, allowLoopback: true }),
  x: createX({
    app: { id: '', secret: '', bearer: '' },
    signInApp: null,
    enterprise: false,
    gate,
    narrowGate: gate,
    allowLoopback: true,
  }),
};
afterAll(async () => {
  await Promise.all(Object.values(ports).map((port) => port.close()));
});

test.each(['bluesky', 'mastodon'] as const)(
  'what is offered on %s is what its adapter shows, and to whom',
  (network) => {
    const { crowds } = ports[network];
    for (const what of ['account', 'post', 'list'] as const) {
      const shown = CROWD_KINDS.filter((kind) => crowds[kind]?.of === what);
      expect(OFFERS[network][what].filter((kind) => kind !== 'account').sort()).toEqual(shown.sort());
    }
    const toAccounts = CROWD_KINDS.filter((kind) => crowds[kind]?.needs === 'account');
    expect([...SHOWN_TO_ACCOUNTS[network]].sort()).toEqual(toAccounts.sort());
  },
);

test.each(['bluesky', 'mastodon', 'x'] as const)(
  'the form says of %s whether it tells whom one talked with, and whom somebody follows',
  (network) => {
    const { tellsTalks, crowds, prices } = ports[network];
    expect(TELLS_TALKS[network]).toBe(tellsTalks);
    expect(LISTS_FREELY[network]).toBe(crowds.following?.needs === 'nobody' && prices.crowd.following === 0);
  },
);
