import { expect, test } from 'vitest';
import { createX } from './index.ts';

const gate = { pass: async () => {} };
/** Would be called by nobody: there is nothing at this address. */
const port = createX({
  app: null,
  signInApp: null,
  enterprise: false,
  gate,
  narrowGate: gate,
  allowLoopback: true,
  apiUrl: 'http://127.0.0.1:9',
  siteUrl: 'http://127.0.0.1:9',
  appUrl: 'http://localhost:3420',
});
const kept = JSON.stringify({
  kind: 'x',
  id: '1',
  access: 'a',
  refresh: 'r',
  scope: 'users.read tweet.read follows.read offline.access mute.read mute.write',
  expiresAt: '2026-11-21T12:00:00.000Z',
  renewedAt: '2026-11-21T10:00:00.000Z',
});
const account = port.actFor(kept, async (renew) => renew(kept));
const write = [{ nativeId: '2', key: null }];

test.each([
  ['finding somebody', () => port.resolve('sam')],
  ['a crowd', () => port.crowd('followers', '2', null)],
  ['a post', () => port.locate('reposters', 'https://x.com/sam/status/1')],
  ['sending somebody off', async () => port.oauth?.begin('sam', ['mute'])],
  ['ending that', async () => port.oauth?.finish('{}', new URLSearchParams())],
  ['muting', () => account.apply('mute', write, null, new Date(0))],
  ['lifting', () => account.lift('mute', write, null)],
  ['relations', () => account.relations(['2'])],
  ['own people', () => account.followers(null)],
  ['what is held', () => account.held('mute', { cursor: null })],
  ['renewing', () => account.renew()],
])('without an app at X %s is refused, and nothing is lost by it', async (_, call) => {
  await expect(call()).rejects.toMatchObject({ problem: 'no_access', uncertain: false, until: null });
});

test('what an account allows is still known', () => {
  expect(port.grantOf(kept)).toMatchObject({ rights: ['mute'] });
});
