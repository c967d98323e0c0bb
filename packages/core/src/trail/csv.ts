import { cellOf } from '../exports/index.ts';
import type { TrailEntry } from './schemas.ts';

const COLUMNS = ['at', 'actorKind', 'actorName', 'action', 'about', 'subjectName', 'subjectId', 'count', 'id'] as const;

export const CSV_HEAD = `${COLUMNS.join(',')}\r\n`;

/** An entry as a line of CSV (RFC 4180). */
export function csvLine(entry: TrailEntry): string {
  return `${COLUMNS.map((name) => cellOf(entry[name])).join(',')}\r\n`;
}
