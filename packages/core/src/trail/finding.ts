/** What can be wrong with a trail, in the words in which an operator is told. */
export const FAULTS = {
  anchor_line_altered: 'a line of the anchor is not one that was written with this key',
  anchor_lines_missing: 'entries of the anchor are missing or out of order',
  anchor_behind: 'the database has closed more than one entry that the anchor does not know',
  link_missing: 'a link that was anchored is gone or was replaced',
  link_added: 'a link says that it was anchored and was not',
  link_altered: 'a link is not what was closed: its key does not fit',
  rows_deleted: 'rows are gone',
  rows_added: 'rows were put in afterwards',
  rows_altered: 'rows were altered, reordered or exchanged',
  person_replaced: 'a row names somebody else than when it was written, or nobody although nobody was erased',
  erasure_altered: 'the ledger of an erasure is not what the erasure wrote down',
} as const;
export type Fault = keyof typeof FAULTS;

/** One fault: whose trail, of which rows (by when their link was closed, real time), and what is wrong. */
export type Finding = { fault: Fault; tenantId: string | null; from: Date | null; to: Date | null; detail: string };

/** Collects findings without ever holding more than so many. */
export class Findings {
  readonly kept: Finding[] = [];
  total = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(fault: Fault, about: Partial<Omit<Finding, 'fault'>> = {}): void {
    this.total += 1;
    if (this.kept.length < this.#most) {
      this.kept.push({ fault, tenantId: null, from: null, to: null, detail: '', ...about });
    }
  }
}

/** A finding as a sentence. */
export function sentenceOf({ fault, tenantId, from, to, detail }: Finding): string {
  const whose = tenantId === null ? 'the anchor' : `tenant ${tenantId}`;
  const when = to === null ? '' : `, ${from === null ? 'up to' : `${minute(from)} to`} ${minute(to)}`;
  return `${whose}${when}: ${FAULTS[fault]}${detail === '' ? '' : ` (${detail})`}`;
}

function minute(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
