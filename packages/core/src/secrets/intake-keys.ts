import { type Binding, bytesOf } from './binding.ts';
import { type IntakeBlob, joined } from './blob.ts';
import { SecretUnreadable } from './unreadable.ts';
import { keyIdOf, pskOf, publicOf, rawKey, suite } from './x25519.ts';

/** The private keys that open what web apps sealed. What they are can't be read from here, printed or serialised. */
export type IntakeKeys = {
  /** The public key that belongs to the first: what the web apps are to seal to. */
  readonly publicKey: string;
  /** The ids of all of them, the first one's first. */
  readonly ids: readonly string[];
  /** Takes the tenant's share where it was sealed with one. Throws SecretUnreadable `no_key` or `damaged`. */
  open(binding: Binding, blob: IntakeBlob, share: Uint8Array | null): Promise<string>;
};

/**
 * Reads private keys (32 bytes in base64url each, commas between): the first is the current one, the others still open
 * what was sealed to them. Throws a sentence that quotes none of them.
 */
export function readIntakeKeys(text: string): IntakeKeys {
  const pairs = new Map<string, () => Promise<CryptoKeyPair>>();
  const publics: string[] = [];
  for (const [i, one] of text.split(',').entries()) {
    const privateKey = rawKey(one.trim());
    if (!privateKey) throw new Error(`key ${i + 1} is not 32 bytes in base64url`);
    const publicKey = publicOf(privateKey);
    publics.push(Buffer.from(publicKey).toString('base64url'));
    const id = keyIdOf(publicKey);
    if (pairs.has(id)) throw new Error(`key ${i + 1} is there twice`);
    let pair: Promise<CryptoKeyPair> | null = null;
    pairs.set(id, () => (pair ??= imported(privateKey, publicKey)));
  }
  return {
    publicKey: publics[0] ?? '',
    ids: [...pairs.keys()],
    async open(binding, { keyId, encapsulated, ciphertext }, share) {
      const recipientKey = await pairs.get(keyId)?.();
      if (!recipientKey) throw new SecretUnreadable('no_key', `sealed to ${keyId}`);
      try {
        const enc = joined(encapsulated).buffer;
        const recipient = await suite.createRecipientContext({
          recipientKey,
          enc,
          info: bytesOf('intake', binding).buffer,
          ...(share ? { psk: pskOf(share) } : {}),
        });
        return new TextDecoder().decode(await recipient.open(joined(ciphertext).buffer));
      } catch {
        throw new SecretUnreadable('damaged');
      }
    },
  };
}

async function imported(privateKey: Uint8Array<ArrayBuffer>, publicKey: Uint8Array<ArrayBuffer>) {
  return {
    privateKey: await suite.kem.deserializePrivateKey(privateKey.buffer),
    publicKey: await suite.kem.deserializePublicKey(publicKey.buffer),
  };
}
