/** Scrambles 32 bits so that neighbouring inputs look unrelated (the finaliser of MurmurHash3). Not for secrets. */
export function mix(value: number): number {
  let h = value;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 32 bits out of a text: FNV-1a, then mixed. Equal texts and seeds give equal numbers, in any process. */
export function hashText(text: string, seed: number): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

/** A repeatable stream of numbers in [0, 1). */
export function randomFrom(seed: number): () => number {
  let n = seed >>> 0;
  return () => {
    n = (n + 0x9e3779b9) >>> 0;
    return mix(n) / 0x1_0000_0000;
  };
}
