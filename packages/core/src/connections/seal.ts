import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { SealingKeys } from '../context/index.ts';

/**
 * Credentials are sealed with HPKE (RFC 9180, base mode) to the workers' public key: the web apps can seal and can't
 * open. What is sealed is bound to whom it belongs to, so that it opens nowhere else.
 */
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
/** Bytes of an encapsulated X25519 key, which stands before the ciphertext. */
const ENCAPSULATED = 32;

/** Whom sealed credentials belong to. */
export type Binding = { tenantId: string; network: string; connectionId: string; version: number };

/** A fresh key pair for the workers. */
export async function generateSealingKeys(): Promise<SealingKeys> {
  const pair = await suite.kem.generateKeyPair();
  return {
    publicKey: toText(await suite.kem.serializePublicKey(pair.publicKey)),
    privateKey: toText(await suite.kem.serializePrivateKey(pair.privateKey)),
  };
}

/** Seals `text` so that only who holds the private key opens it, and only for the same binding. */
export async function seal(publicKey: string, binding: Binding, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.deserializePublicKey(fromText(publicKey)),
    info: infoOf(binding),
  });
  const sealed = await sender.seal(bytes(text));
  const out = new Uint8Array(ENCAPSULATED + sealed.byteLength);
  out.set(new Uint8Array(sender.enc), 0);
  out.set(new Uint8Array(sealed), ENCAPSULATED);
  return out;
}

/** Opens what was sealed for this binding; throws for any other, and for anything that was changed. */
export async function open(keys: SealingKeys, binding: Binding, sealed: Uint8Array): Promise<string> {
  const recipient = await suite.createRecipientContext({
    recipientKey: await pairOf(keys),
    enc: buffer(sealed.subarray(0, ENCAPSULATED)),
    info: infoOf(binding),
  });
  return new TextDecoder().decode(await recipient.open(buffer(sealed.subarray(ENCAPSULATED))));
}

const pairs = new WeakMap<SealingKeys, Promise<CryptoKeyPair>>();

/** The workers' keys as the library wants them, read once. */
function pairOf(keys: SealingKeys): Promise<CryptoKeyPair> {
  const known = pairs.get(keys);
  if (known) return known;
  const pair = (async () => ({
    privateKey: await suite.kem.deserializePrivateKey(fromText(keys.privateKey)),
    publicKey: await suite.kem.deserializePublicKey(fromText(keys.publicKey)),
  }))();
  pairs.set(keys, pair);
  return pair;
}

function infoOf(b: Binding): ArrayBuffer {
  return bytes(`secateur credentials v1\n${b.tenantId}\n${b.network}\n${b.connectionId}\n${b.version}`);
}

function bytes(text: string): ArrayBuffer {
  return buffer(new TextEncoder().encode(text));
}

function buffer(view: Uint8Array): ArrayBuffer {
  const out = new ArrayBuffer(view.byteLength);
  new Uint8Array(out).set(view);
  return out;
}

function toText(raw: ArrayBuffer): string {
  return Buffer.from(raw).toString('base64url');
}

function fromText(text: string): ArrayBuffer {
  return buffer(Buffer.from(text, 'base64url'));
}
