import { expect, test } from 'vitest';
import { type Binding, generateSealingKeys, open, seal } from './seal.ts';

const binding: Binding = { tenantId: 't', network: 'bluesky', connectionId: 'c', version: 1 };

test('what is sealed opens with the private key, for the same binding', async () => {
  const keys = await generateSealingKeys();
  expect(await open(keys, binding, await seal(keys.publicKey, binding, 'a secret'))).toBe('a secret');
});

test('it opens for no other tenant, network, connection or version', async () => {
  const keys = await generateSealingKeys();
  const sealed = await seal(keys.publicKey, binding, 'a secret');
  for (const other of [{ tenantId: 'u' }, { network: 'x' }, { connectionId: 'd' }, { version: 2 }]) {
    await expect(open(keys, { ...binding, ...other }, sealed)).rejects.toThrow();
  }
});

test('it opens with no other key and not after a change', async () => {
  const keys = await generateSealingKeys();
  const sealed = await seal(keys.publicKey, binding, 'a secret');
  await expect(open(await generateSealingKeys(), binding, sealed)).rejects.toThrow();
  sealed[40] = (sealed[40] ?? 0) ^ 1;
  await expect(open(keys, binding, sealed)).rejects.toThrow();
});

test('the same secret sealed twice looks different', async () => {
  const keys = await generateSealingKeys();
  const [a, b] = await Promise.all([seal(keys.publicKey, binding, 'x'), seal(keys.publicKey, binding, 'x')]);
  expect(Buffer.from(a).equals(Buffer.from(b))).toBe(false);
});
