import type { Row, Table } from './table.ts';

type Part = { table: Table; pages: AsyncIterable<Row[]> };

/**
 * One document with a list a table. Its last word says that it is whole: one that was cut off is no JSON, and has no such
 * word.
 */
export async function* jsonOf(exportedAt: Date, parts: readonly Part[]): AsyncGenerator<string> {
  yield `{"format":"secateur","version":1,"exportedAt":${JSON.stringify(exportedAt)}`;
  for (const { table, pages } of parts) {
    yield `,\n${JSON.stringify(table.name)}:[`;
    let lead = '\n';
    for await (const rows of pages) {
      yield lead + rows.map((row) => JSON.stringify(objectOf(table, row))).join(',\n');
      lead = ',\n';
    }
    yield ']';
  }
  yield ',\n"complete":true}\n';
}

function objectOf({ columns }: Table, row: Row): object {
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
}
