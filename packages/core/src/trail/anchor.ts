import type { TrailKey } from './trail-key.ts';

/**
 * Where the heads of the chains are kept, out of reach of who owns the database: lines that are only ever added. What the
 * lines say is entry.ts's; an anchor keeps them and gives them back as they were.
 */
export type AuditAnchor = {
  /** The newest `count` lines, newest first; fewer when there are fewer. */
  newest(count: number): Promise<string[]>;
  /** Adds a line. Settles when a crash of the machine would no longer lose it. */
  append(line: string): Promise<void>;
  /** Every line from the first on, each with its line end: one that a crash cut short lacks it. */
  lines(): AsyncIterable<string>;
};

/** What closing and verifying need beside the database: the key that is not in it, and the anchor. */
export type Trail = { key: TrailKey; anchor: AuditAnchor };
