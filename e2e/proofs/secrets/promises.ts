/** What is promised, in the words in which a failing run names it. */
export const PROMISES = {
  search: 'the search finds a planted secret in every encoding, wherever it looks',
  used: 'every kind of secret was in use: the network accepted it',
  rows: 'no secret stands in any row that there is or was',
  payloads: 'no secret stands in a job',
  logs: 'no secret stands in a log or an error',
  responses: 'no secret stands in a response',
  files: "no secret stands in the database's files",
  opens: 'no open fails while keys rotate',
  acting: 'every account acts on with the keys that are left',
  shred: 'what was shredded opens for nobody',
} as const;
export type Promised = keyof typeof PROMISES;
