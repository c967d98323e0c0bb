import type { SqlTx } from '@secateur/db';
import { type Binding, bytesOf } from './binding.ts';
import { type Blob, packIntake } from './blob.ts';
import { shareForSealing } from './share.ts';
import { keyIdOf, pskOf, rawKey, suite } from './x25519.ts';

/**
 * Seals `text` to the workers' public key (32 bytes in base64url) with the tenant's share, in a transaction inside that tenant:
 * whoever calls this can't open it again. It opens for the same binding only, and for nobody once the tenant is shredded.
 * Throws for a key that is none, and SecretUnreadable `shredded`.
 */
export async function sealForTenant(
  tx: SqlTx,
  publicKey: string,
  now: Date,
  binding: Binding,
  text: string,
): Promise<Blob> {
  return seal(publicKey, binding, text, await shareForSealing(tx, binding.tenantId, now));
}

/** The same for what belongs to no tenant yet. */
export async function sealForWorkers(publicKey: string, binding: Binding, text: string): Promise<Blob> {
  return seal(publicKey, binding, text, null);
}

async function seal(publicKey: string, binding: Binding, text: string, share: Uint8Array | null): Promise<Blob> {
  const raw = rawKey(publicKey);
  if (!raw) throw new Error('the sealing key is not 32 bytes in base64url');
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.deserializePublicKey(raw.buffer),
    info: bytesOf('intake', binding).buffer,
    ...(share ? { psk: pskOf(share) } : {}),
  });
  const ciphertext = new Uint8Array(await sender.seal(new TextEncoder().encode(text).buffer));
  const encapsulated = new Uint8Array(sender.enc);
  return packIntake({ shared: share !== null, keyId: keyIdOf(raw), encapsulated, ciphertext });
}
