import type { Finding } from '../shared/say.ts';
import { OF_CONSENT } from './consent-traffic.ts';
import { missed } from './planted.ts';
import { PROMISES, type Promised } from './promises.ts';
import { type Canary, type Hit, searchFor } from './search.ts';
import type { Stand } from './witness.ts';

/** Kinds that an app password brings with it. */
const OF_PASSWORDS = ['password', 'access token'] as const;

export type Evidence = {
  canaries: Canary[];
  kinds: Record<string, { planted: number; worked: number }>;
  /** Keys of consents that nobody proved anything with. */
  idleKeys: number;
  /** Rows as they are and as they were, by table. */
  stands: Stand[];
  printed: Buffer;
  responses: Buffer;
  files: Iterable<{ path: string; bytes: Buffer }>;
  shred: { copies: number; before: number; after: number; credentials: number };
  failedOpens: number;
  /** Null when it was not tried, since opens had failed. */
  acting: boolean | null;
  figures: Record<string, unknown>;
  say(text: string): void;
};

/** Looks for every canary everywhere, and names the first promise that does not hold. */
export function judge(evidence: Evidence): Finding {
  const { canaries, stands, printed, responses, files, shred, say } = evidence;
  const search = searchFor(canaries);
  const hits: Record<'rows' | 'payloads' | 'logs' | 'responses' | 'files', number> = {
    rows: 0,
    payloads: 0,
    logs: 0,
    responses: 0,
    files: 0,
  };
  const found = new Set<string>();
  const look = (promise: keyof typeof hits, where: string, bytes: Buffer) => {
    const here = search(bytes);
    hits[promise] += here.length;
    for (const { kind } of here) found.add(kind);
    if (here.length > 0) say(`${where}: ${inWords(here)}`);
    return bytes.length;
  };
  let rows = 0;
  for (const { table, bytes } of stands) rows += look(table.startsWith('queue') ? 'payloads' : 'rows', table, bytes);
  look('logs', 'what processes print', printed);
  look('responses', 'what comes back', responses);
  let disk = 0;
  for (const { path, bytes } of files) disk += look(path === 'server.log' ? 'logs' : 'files', path, bytes);
  const unfound = missed(stands);
  const idle: string[] = [...OF_PASSWORDS, ...OF_CONSENT].filter((kind) => !evidence.kinds[kind]?.worked);
  if (evidence.idleKeys > 0) idle.push('DPoP key');
  const broken: Record<Promised, boolean> = {
    search: unfound.length > 0,
    used: idle.length > 0,
    logs: hits.logs > 0,
    rows: hits.rows > 0,
    payloads: hits.payloads > 0,
    responses: hits.responses > 0,
    files: hits.files > 0,
    opens: evidence.failedOpens > 0,
    acting: evidence.acting === false,
    // The copies must have opened before, or it would show nothing.
    shred: shred.after > 0 || shred.before === 0,
  };
  const broke = (Object.keys(broken) as (keyof typeof broken)[]).find((promise) => broken[promise]);
  const megabytes = (n: number) => Math.round(n / 1e4) / 100;
  return {
    figures: {
      ...evidence.figures,
      canaries: evidence.kinds,
      searched: {
        rowsMB: megabytes(rows),
        printedMB: megabytes(printed.length),
        responsesMB: megabytes(responses.length),
        filesMB: megabytes(disk),
      },
      unfound,
      hits,
      found: [...found].sort(),
      idle,
      failedOpens: evidence.failedOpens,
      shred,
    },
    broke: broke === undefined ? null : PROMISES[broke],
  };
}

function inWords(hits: Hit[]): string {
  const counts = new Map<string, number>();
  for (const { kind, encoding } of hits) {
    const what = `${kind} in ${encoding}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, n]) => `${n} × ${what}`).join(', ');
}
