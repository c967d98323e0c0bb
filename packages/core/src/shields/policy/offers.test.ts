import { createBluesky } from '@secateur/networks/bluesky';
import { createMastodon } from '@secateur/networks/mastodon';
import { CROWD_KINDS } from '@secateur/networks/port';
import { afterAll, expect, test } from 'vitest';
import { OFFERS } from './offers.ts';

const gate = { pass: async () => {} };
const url = 'http://localhost:1';
const ports = {
  bluesky: createBluesky({ appviewUrl: url, plcUrl: url, entrywayUrl: url, gate, allowLoopback: true }),
  mastodon: createMastodon({ gate, pagingGate: gate, allowLoopback: true }),
};
afterAll(async () => {
  await Promise.all(Object.values(ports).map((port) => port.close()));
});

test.each(['bluesky', 'mastodon'] as const)('what is offered on %s is what its adapter shows to anybody', (network) => {
  const { crowds } = ports[network];
  for (const what of ['account', 'post', 'list'] as const) {
    const shown = CROWD_KINDS.filter((kind) => crowds[kind]?.of === what && crowds[kind]?.needs === 'nobody');
    expect(OFFERS[network][what].filter((kind) => kind !== 'account').sort()).toEqual(shown.sort());
  }
});
