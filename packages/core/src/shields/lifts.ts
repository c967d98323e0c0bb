import { SECOND } from '@secateur/base';

/** Jitter lengthens a hold by at most a twentieth. */
const LONGEST = 1.05;

/** A shield's row, as far as it says when what it holds is let go. */
type Row = {
  holdSeconds: number | null;
  endsAt: Date | null;
  undoneAt: Date | null;
  liftFrom: Date | null;
  liftSeconds: number | null;
  connections: { firstDoneAt: Date | null; lastDoneAt: Date | null }[];
};

/** When the first of what is done so far is lifted; null while nothing is, or nobody set an end. */
export function firstLift(shield: Row): Date | null {
  return liftAt(shield, 'first');
}

/** The same of the last. */
export function lastLift(shield: Row): Date | null {
  return liftAt(shield, 'last');
}

function liftAt(shield: Row, which: 'first' | 'last'): Date | null {
  if (shield.undoneAt) return shield.undoneAt;
  if (shield.liftFrom) return which === 'first' ? shield.liftFrom : letGoAt(shield);
  if (shield.endsAt) return shield.endsAt;
  if (shield.holdSeconds === null) return null;
  const times = shield.connections.flatMap((c) => (which === 'first' ? c.firstDoneAt : c.lastDoneAt) ?? []);
  const [first, ...rest] = times.map((t) => t.getTime());
  if (first === undefined) return null;
  const from = which === 'first' ? Math.min(first, ...rest) : Math.max(first, ...rest);
  return new Date(from + Math.round(shield.holdSeconds * SECOND * (which === 'last' ? LONGEST : 1)));
}

/** When an order to undo everything lets the last of it go; null when it is under none. */
export function letGoAt({ liftFrom, liftSeconds }: Pick<Row, 'liftFrom' | 'liftSeconds'>): Date | null {
  return liftFrom && new Date(liftFrom.getTime() + (liftSeconds ?? 0) * SECOND);
}

/** When the first of it was done; null before anything is. */
export function firstDoneOf({
  connections,
}: {
  connections: Pick<Row['connections'][number], 'firstDoneAt'>[];
}): Date | null {
  const times = connections.flatMap(({ firstDoneAt }) => firstDoneAt?.getTime() ?? []);
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}
