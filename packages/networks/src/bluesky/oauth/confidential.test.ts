import { generateKeyPairSync } from 'node:crypto';
import { DAY } from '@secateur/base';
import { type Sandbox, startSandbox, visitSandbox } from '@secateur/sandbox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keeping } from '../../contract/index.ts';
import { clientMetadata } from '../client-metadata.ts';
import { createBluesky } from '../index.ts';

const APP = 'https://secateur.example';
const WHO = { handle: 'someone.sandbox.test', password: 'right' };

/** A private key as the environment holds it, and its public half as the web app publishes it. */
function newKey(kid: string) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const key = { kty: 'EC', crv: 'P-256', kid, x, y, alg: 'ES256' };
  return { secret: JSON.stringify({ ...key, d, key_ops: ['sign'] }), published: { ...key, use: 'sig' } };
}

const [old, fresh] = [newKey('old'), newKey('fresh')];
let sandbox: Sandbox;
const ports: ReturnType<typeof createBluesky>[] = [];
beforeAll(async () => {
  sandbox = await startSandbox({ world: [{ do: 'add-accounts', accounts: [WHO] }] });
  const { client_id: id, client_name: name, redirect_uris: redirectUris, scope } = clientMetadata(APP);
  const keys = [old.published, fresh.published];
  await sandbox.control.perform({ do: 'add-client', id, name, redirectUris, scope, keys });
});
afterAll(async () => {
  await Promise.all(ports.map((port) => port.close()));
  await sandbox.close();
});

/** A hosted service with these keys. */
function service(...keys: string[]) {
  const { url, clock } = sandbox;
  const gate = { pass: async () => {} };
  const servers = { appviewUrl: url, plcUrl: url, entrywayUrl: url };
  const port = createBluesky({ ...servers, gate, allowLoopback: true, clock, oauth: { appUrl: APP, keys } });
  ports.push(port);
  return port;
}

async function signIn(port: ReturnType<typeof service>) {
  const begun = await port.oauth?.begin(WHO.handle, ['block']);
  const answer = await visitSandbox(String(begun?.url), WHO);
  const done = await port.oauth?.finish(String(begun?.secret), answer);
  return String(done?.credentials);
}

test('a service that proves who it is comes back to its own address, and its sessions last two years', async () => {
  const port = service(old.secret);
  const begun = await port.oauth?.begin(WHO.handle, []);
  expect(new URL(String(begun?.url)).searchParams.get('client_id')).toBe(`${APP}/oauth/client-metadata.json`);
  const { endsAt, renewBy } = port.grantOf(await signIn(port));
  const days = (at: Date | null) => Math.round(((at?.getTime() ?? 0) - sandbox.clock.now().getTime()) / DAY);
  expect([days(endsAt), days(renewBy)]).toEqual([730, 91]);
});

test('its sessions are renewed after two months of nothing, which a public client’s would be too late for', async () => {
  const port = service(old.secret);
  const { renewal, kept } = keeping(await signIn(port));
  await sandbox.control.advance(60 * DAY);
  const account = port.actFor(await renewal(async (stored) => stored), renewal);
  await account.renew();
  expect(kept).toHaveLength(1);
});

test('another key begins new sessions, the old one goes on renewing its own', async () => {
  const credentials = await signIn(service(old.secret));
  const rotated = service(fresh.secret, old.secret);
  await rotated.actFor(credentials, keeping(credentials).renewal).renew();
  const later = await signIn(rotated);
  expect(JSON.parse(later).auth).toEqual({ method: 'private_key_jwt', kid: 'fresh' });
  expect(JSON.parse(credentials).auth).toEqual({ method: 'private_key_jwt', kid: 'old' });
  const without = service(fresh.secret);
  await without.actFor(later, keeping(later).renewal).renew();
});

test('a session whose key is gone, or that another service made, is unauthorized', async () => {
  const credentials = await signIn(service(old.secret));
  const without = service(fresh.secret).actFor(credentials, keeping(credentials).renewal);
  await expect(without.renew()).rejects.toMatchObject({ problem: 'unauthorized' });
  const foreign = JSON.stringify({ ...JSON.parse(credentials), clientId: 'https://another.example/client.json' });
  const stranger = service(old.secret).actFor(foreign, keeping(foreign).renewal);
  await expect(stranger.renew()).rejects.toMatchObject({ problem: 'unauthorized' });
});

test('a service with a key that it never published is turned away', async () => {
  const port = service(newKey('old').secret);
  await expect(port.oauth?.begin(WHO.handle, [])).rejects.toMatchObject({ problem: 'rejected' });
});
