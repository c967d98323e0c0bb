/** People are known inside by a number: the account that they follow by birth, and their place among its followers. */
const WIDTH = 2 ** 30;
/** The crowd number under which accounts of their own are kept. */
const ACCOUNTS = 2 ** 22;

export function refOf(crowd: number, index: number): number {
  return crowd * WIDTH + index;
}

export function accountRef(index: number): number {
  return refOf(ACCOUNTS, index);
}

/** The account that a number stands for, null for a computed person's. */
export function accountIndex(ref: number): number | null {
  return ref >= ACCOUNTS * WIDTH ? ref - ACCOUNTS * WIDTH : null;
}

export function placeIn(ref: number): { crowd: number; index: number } {
  return { crowd: Math.floor(ref / WIDTH), index: ref % WIDTH };
}

/** Ids look like the real ones and say nothing about one another on two servers. */
const FIRST = 100_000_000_000_000_000n;
const VIEWERS = 16n;

/** What one server calls somebody. */
export function localIdOf(ref: number, server: number): string {
  return String(FIRST + BigInt(ref) * VIEWERS + BigInt(server));
}

/** Whom a server's id means; null when it gave nobody such an id. */
export function refByLocalId(id: string, server: number): number | null {
  if (!/^\d{18}$/.test(id)) return null;
  const number = BigInt(id) - FIRST;
  return number < 0n || number % VIEWERS !== BigInt(server) ? null : Number(number / VIEWERS);
}
