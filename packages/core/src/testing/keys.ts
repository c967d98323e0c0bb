import { randomBytes } from 'node:crypto';
import { environmentWrap, readIntakeKeys, type WorkerKeys } from '../secrets/index.ts';

/** Keys as texts, the way an environment holds them. */
export type KeyTexts = {
  /** What web apps seal to. */
  publicKey: string;
  /** SEALING_PRIVATE_KEYS of a worker. */
  privateKeys: string;
  /** WORKER_KEYS of a worker. */
  workerKeys: string;
};

/** Fresh ones. */
export function makeKeys(): KeyTexts {
  // Any 32 bytes are an X25519 private key: RFC 7748 §5.
  const privateKeys = randomBytes(32).toString('base64url');
  const { publicKey } = readIntakeKeys(privateKeys);
  return { publicKey, privateKeys, workerKeys: `first:${randomBytes(32).toString('base64url')}` };
}

/** A worker's keys from those texts. */
export function readKeys({ privateKeys, workerKeys }: Omit<KeyTexts, 'publicKey'>): WorkerKeys {
  return { intake: readIntakeKeys(privateKeys), wrap: environmentWrap(workerKeys) };
}
