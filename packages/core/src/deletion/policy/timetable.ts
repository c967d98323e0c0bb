import { DAY } from '@secateur/base';
import { WAIT_DAYS, WITHIN_DAYS } from '../schemas.ts';

/** Days that lifting may take before the members are told that something can't be lifted; and that they have from then on. */
const LIFTING = 7;
const WARNED = 7;
/** Days at the end in which nothing is waited for any more. */
const LAST = 2;

export type Timetable = {
  /** From then on every account is let go. */
  leaveAt: Date;
  /** What is not lifted by then is told. */
  warnAt: Date;
  /** What is not lifted by then is kept, which can be read back. */
  keepAt: Date;
  /** What is in flight by then is taken for kept. */
  abandonAt: Date;
  /** By then nothing is left. */
  dueAt: Date;
};

/** When what happens to a tenant whose deletion was asked for. Nothing is kept before its members have known it for days. */
export function timetable(askedAt: Date, warnedAt: Date | null): Timetable {
  const after = (days: number, from = askedAt) => new Date(from.getTime() + days * DAY);
  const warnAt = after(WAIT_DAYS + LIFTING);
  const dueAt = after(WITHIN_DAYS);
  const abandonAt = after(-LAST, dueAt);
  const told = after(WARNED, warnedAt ?? warnAt);
  const keepAt = new Date(Math.min(told.getTime(), abandonAt.getTime()));
  return { leaveAt: after(WAIT_DAYS), warnAt, keepAt, abandonAt, dueAt };
}
