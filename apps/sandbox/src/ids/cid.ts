import { hashText, mix } from '../world/mix.ts';

const CODES = Buffer.from('abcdefghijklmnopqrstuvwxyz234567', 'latin1');
const HEAD = 'bafyrei';
const out = Buffer.alloc(59, HEAD);

/**
 * A content id that every CID parser takes: version 1, dag-cbor, a 32-byte digest, base32. The digest is 64 bits of a fast
 * hash spread over 32 bytes: equal content gives an equal id, which is all that anybody here asks of it.
 */
export function cidOf(content: string): string {
  const a = hashText(content, 0x51ed270b);
  const b = hashText(content, 0x2545f491);
  let at = HEAD.length;
  for (let w = 0; at < out.length; w++) {
    const word = mix(w & 1 ? a + w : b ^ Math.imul(a, w + 1));
    for (let shift = 25; shift >= 0 && at < out.length; shift -= 5) out[at++] = CODES[(word >>> shift) & 31] ?? 0;
  }
  // The letter after the head still holds two bits of it, and the last letter ends in two bits of padding.
  out[HEAD.length] = CODES[mix(a ^ 7) & 7] ?? 0;
  out[out.length - 1] = CODES[mix(b ^ 7) & 28] ?? 0;
  return out.toString('latin1');
}
