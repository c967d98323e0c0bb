import { type Binding, bytesOf } from './binding.ts';
import { type Blob, packIntake } from './blob.ts';
import { keyIdOf, rawKey, suite } from './x25519.ts';

/**
 * Seals `text` to the workers' public key (32 bytes in base64url): whoever calls this can't open it again. It opens for the
 * same binding only. Throws for a key that is none.
 */
export async function sealForWorkers(publicKey: string, binding: Binding, text: string): Promise<Blob> {
  const raw = rawKey(publicKey);
  if (!raw) throw new Error('the sealing key is not 32 bytes in base64url');
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.deserializePublicKey(raw.buffer),
    info: bytesOf('intake', binding).buffer,
  });
  const sealed = await sender.seal(new TextEncoder().encode(text).buffer);
  return packIntake(keyIdOf(raw), sender.enc, sealed);
}
