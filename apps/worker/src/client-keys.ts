import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { z } from 'zod';

/** A private ES256 key (RFC 7517, RFC 7518 §6.2) with the name under which its public half is published. */
const key = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  kid: z.string().min(1),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

/**
 * Reads the keys by which a hosted service proves to people's servers who it is: the first is the one to use, the others
 * still renew sessions that were begun with them. Throws a sentence that quotes none.
 */
export function readClientKeys(text: string): string[] {
  const parsed = z.array(key).safeParse(json(text));
  if (!parsed.success) throw new Error('is not a JSON list of private ES256 keys with a kid');
  return parsed.data.map((one) => JSON.stringify({ ...one, alg: 'ES256', key_ops: ['sign'] }));
}

/** A fresh key: what the workers are given, and what the web app publishes. */
export function newClientKey(): { secret: string; published: string } {
  const { x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const shown = { kty: 'EC', crv: 'P-256', kid: randomUUID(), x, y };
  return { secret: JSON.stringify({ ...shown, d }), published: JSON.stringify(shown) };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
