/** A place in a tenant's history: the transaction and the event in it. */
export type Position = { xid: bigint; id: bigint };

/** The greatest number that the database has. */
const MOST = 2n ** 63n - 1n;

/** How a stream names a place. */
export function printPosition({ xid, id }: Position): string {
  return `${xid}.${id}`;
}

/** The place that a browser came back with; null when it is none. */
export function parsePosition(text: string | null): Position | null {
  const match = /^(\d{1,19})\.(\d{1,19})$/.exec(text ?? '');
  if (!match?.[1] || !match[2]) return null;
  const place = { xid: BigInt(match[1]), id: BigInt(match[2]) };
  return place.xid <= MOST && place.id <= MOST ? place : null;
}

/** Whether `a` lies after `b`. */
export function isAfter(a: Position, b: Position): boolean {
  return a.xid === b.xid ? a.id > b.id : a.xid > b.xid;
}
