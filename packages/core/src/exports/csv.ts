import type { Cell, Row, Table } from './table.ts';

/** What a spreadsheet takes for a formula begins with one of these. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** A table's rows as CSV (RFC 4180), its head first. Never yields nothing. */
export async function* csvOf({ columns }: Table, pages: AsyncIterable<Row[]>): AsyncGenerator<string> {
  yield `${columns.join(',')}\r\n`;
  for await (const rows of pages) {
    yield rows.map((row) => `${columns.map((column) => cellOf(row[column] ?? null)).join(',')}\r\n`).join('');
  }
}

/** A cell. A text that would be a formula gets a sign before it that makes it text; lists are separated by spaces. */
export function cellOf(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === 'string' ? value : value.join(' ');
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
