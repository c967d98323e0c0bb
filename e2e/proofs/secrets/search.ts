import { ENCODINGS } from './encodings.ts';

/** A secret that must not come to light, and what it is. */
export type Canary = { kind: string; secret: Buffer };
export type Hit = { kind: string; encoding: string };

/** Looks for many secrets in every encoding at once. */
export type Search = (where: Buffer) => Hit[];

type Pattern = { hit: Hit; bytes: Buffer };

/** Bytes by which candidates are found. Every pattern is longer. */
const HEAD = 4;
const SLOTS = 1 << 20;

export function searchFor(canaries: readonly Canary[]): Search {
  const byHead = new Map<number, Pattern[]>();
  const maybe = new Uint8Array(SLOTS);
  const seen = new Set<string>();
  for (const { kind, secret } of canaries) {
    for (const encoding of ENCODINGS) {
      for (const form of encoding.of(secret)) {
        // Where a secret looks the same in two encodings the first one names it.
        if (seen.has(form) || form.length < HEAD) continue;
        seen.add(form);
        const bytes = Buffer.from(form, 'latin1');
        const head = bytes.readUInt32LE(0);
        maybe[head % SLOTS] = 1;
        byHead.set(head, [...(byHead.get(head) ?? []), { hit: { kind, encoding: encoding.name }, bytes }]);
      }
    }
  }
  return (where) => {
    const hits: Hit[] = [];
    for (let at = 0; at + HEAD <= where.length; at += 1) {
      const head = where.readUInt32LE(at);
      if (maybe[head % SLOTS] === 0) continue;
      for (const { hit, bytes } of byHead.get(head) ?? []) {
        if (where.compare(bytes, 0, bytes.length, at, Math.min(where.length, at + bytes.length)) === 0) hits.push(hit);
      }
    }
    return hits;
  };
}
