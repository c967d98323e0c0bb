import { expect, test } from 'vitest';
import { makeKeys } from '../testing/index.ts';
import type { Binding } from './binding.ts';
import { type IntakeBlob, unpack } from './blob.ts';
import { readIntakeKeys } from './intake-keys.ts';
import { sealForWorkers } from './seal-for-workers.ts';

const binding: Binding = { tenantId: 't', network: 'bluesky', subjectId: 'c', version: 1, purpose: 'credentials' };

async function sealed(publicKey: string, text = 'a secret'): Promise<{ blob: Uint8Array; intake: IntakeBlob }> {
  const blob = await sealForWorkers(publicKey, binding, text);
  const intake = unpack(blob);
  if (intake.stage !== 'intake') throw new Error('sealed as something else');
  return { blob, intake };
}

test('what a web app sealed opens with the private key, for the same binding', async () => {
  const { publicKey, privateKeys } = makeKeys();
  const { intake } = await sealed(publicKey);
  expect(await readIntakeKeys(privateKeys).open(binding, intake, null)).toBe('a secret');
});

test('it opens for no other tenant, network, connection, version or purpose', async () => {
  const { publicKey, privateKeys } = makeKeys();
  const { intake } = await sealed(publicKey);
  const keys = readIntakeKeys(privateKeys);
  const others = [{ tenantId: 'u' }, { network: 'x' }, { subjectId: 'd' }, { version: 2 }, { purpose: 'other' }];
  for (const other of others) {
    await expect(keys.open({ ...binding, ...other } as Binding, intake, null)).rejects.toMatchObject({
      why: 'damaged',
    });
  }
  // Where one part ends and the next begins is part of it.
  const shifted = { ...binding, tenantId: 't","bluesky', network: '' };
  await expect(keys.open(shifted, intake, null)).rejects.toMatchObject({ why: 'damaged' });
});

test('no changed byte goes unnoticed', async () => {
  const { publicKey, privateKeys } = makeKeys();
  const { blob } = await sealed(publicKey);
  const keys = readIntakeKeys(privateKeys);
  for (let at = 0; at < blob.length; at += 1) {
    const changed = new Uint8Array(blob);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const attempt = async () => keys.open(binding, unpack(changed) as IntakeBlob, null);
    await expect(attempt()).rejects.toMatchObject({ name: 'SecretUnreadable' });
  }
});

test('a worker without the key that it was sealed to says which one is missing', async () => {
  const { intake } = await sealed(makeKeys().publicKey);
  const others = readIntakeKeys(makeKeys().privateKeys);
  const attempt = others.open(binding, intake, null);
  await expect(attempt).rejects.toMatchObject({ why: 'no_key', message: `no_key: sealed to ${intake.keyId}` });
});

test('old keys still open, and web apps are told the first', async () => {
  const [old, fresh] = [makeKeys(), makeKeys()];
  const keys = readIntakeKeys(`${fresh.privateKeys}, ${old.privateKeys}`);
  expect(keys.publicKey).toBe(fresh.publicKey);
  for (const { publicKey } of [old, fresh]) {
    const { intake } = await sealed(publicKey);
    expect(await keys.open(binding, intake, null)).toBe('a secret');
  }
});

test('the same secret sealed twice looks different', async () => {
  const { publicKey } = makeKeys();
  const [a, b] = await Promise.all([sealed(publicKey), sealed(publicKey)]);
  expect(Buffer.from(a.blob).equals(b.blob)).toBe(false);
});

test('keys that can not be read are refused without being quoted', () => {
  const { privateKeys } = makeKeys();
  expect(() => readIntakeKeys(`${privateKeys},hunter2`)).toThrow('key 2 is not 32 bytes in base64url');
  expect(() => readIntakeKeys(`${privateKeys},${privateKeys}`)).toThrow('key 2 is there twice');
});

test('private keys are in nothing that could be printed', () => {
  const { privateKeys } = makeKeys();
  expect(JSON.stringify(readIntakeKeys(privateKeys))).not.toContain(privateKeys);
});
