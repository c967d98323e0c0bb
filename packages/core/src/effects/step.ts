import type { SqlTx } from '@secateur/db';
import type { Tally } from './counts.ts';
import type { Chunk } from './types.ts';

/** What everybody who writes a part of a report needs. */
export type Step = {
  tx: SqlTx;
  ref: Chunk['ref'];
  now: Date;
  epoch: number;
  tally: Tally;
  /** Shields whose targets changed in a way the tally can't tell: counted from their rows when all else is written. */
  recounted: Set<string>;
};
