import type { TrailFilter } from '@secateur/core/trail/schemas';

/** What is chosen in the filter: days as the browser's own fields write them, in the reader's time zone. */
export type Choice = Pick<TrailFilter, 'actorKind' | 'group'> & { from: string; to: string };
export const EVERYTHING: Choice = { actorKind: null, group: null, from: '', to: '' };

/** The choice as the server is asked: from the beginning of the first day to the end of the last. */
export function filterOf({ actorKind, group, from, to }: Choice): TrailFilter {
  return { actorKind, group, from: dayOf(from, 0), to: dayOf(to, 1) };
}

/** Midnight at the beginning of a day, or of one after it. Null for what is no day. */
function dayOf(text: string, after: number): Date | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (!year) return null;
  return new Date(Number(year), Number(month) - 1, Number(day) + after);
}
