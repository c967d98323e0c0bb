import type { TrailEntry } from './schemas.ts';

const COLUMNS = ['at', 'actorKind', 'actorName', 'action', 'about', 'subjectName', 'subjectId', 'count', 'id'] as const;

export const CSV_HEAD = `${COLUMNS.join(',')}\r\n`;

/** An entry as a line of CSV (RFC 4180). */
export function csvLine(entry: TrailEntry): string {
  return `${COLUMNS.map((name) => cell(entry[name])).join(',')}\r\n`;
}

/** What a spreadsheet would take for a formula gets a sign before it that makes it text. */
function cell(value: string | number | Date | null): string {
  if (value === null) return '';
  const text = value instanceof Date ? value.toISOString() : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
