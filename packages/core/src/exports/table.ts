import type { Tx } from '@secateur/db';

/** What one cell can hold. A list is one of words or ids. */
export type Cell = string | number | boolean | Date | null | readonly string[];

/** A row as it is taken along, and where it stands: its key, as texts. */
export type Row = { readonly place: readonly string[] } & { readonly [column: string]: Cell };

/** One kind of thing that a tenant has, and how it is read a page at a time. */
export type Table = {
  /** Its name in the document, and its file's in the archive. */
  name: string;
  /** The tables of the database that it tells of. */
  of: readonly string[];
  /** In the order in which they are written. */
  columns: readonly string[];
  /** A place before every row. */
  start: readonly string[];
  /** The next rows of the tenant behind a place, at most so many, in the order of their places. */
  page(tx: Tx, tenantId: string, after: readonly string[], most: number): Promise<Row[]>;
};

/** Sorts before every id there is. */
export const NO_ID = '00000000-0000-0000-0000-000000000000';
