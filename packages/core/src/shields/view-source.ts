import { type Problem, SECOND } from '@secateur/base';
import type { Tx } from '@secateur/db';
import { meaningOfKept } from '../connections/index.ts';
import type { Crowd, Source } from './crowds.ts';
import { isOfAccount, ofSource } from './find-source.ts';
import type { SourceView } from './schemas.ts';
import { subjectOf } from './view-subject.ts';

/** Members of a crowd that somebody else had listed are shown at the pace of a listing: nobody learns that they were. */
const SHOWN_PER_SECOND = 1_000;

export type Shown = Source & { query: string; authorId: string | null; title: string | null };

/** A crowd as it is shown `now` to somebody who asked at `since`: of one that was listed before, no more than of a new one. */
export function asShown<S extends Source>(crowd: Crowd<S>, since: Date, now: Date): Crowd<S> {
  if (crowd.source.uploadId !== null || crowd.startedAt >= since) return crowd;
  const pace = Math.floor(((now.getTime() - since.getTime()) / SECOND) * SHOWN_PER_SECOND);
  if (pace >= crowd.size) return crowd;
  return { ...crowd, size: pace, complete: false, expected: crowd.source.claimed, untold: 0 };
}

/** The account that a source is about: the one that is named or followed, or who wrote the post or keeps the list. */
export function aboutOf(source: Pick<Shown, 'kind' | 'subjectId' | 'authorId'>): string | null {
  return isOfAccount(source.kind) ? source.subjectId : source.authorId;
}

/** What keeps a crowd from being listed, or ended it, in a person's terms. */
export function problemOf(kept: string | null, kind: Shown['kind']): Problem | null {
  const meaning = meaningOfKept(kept ?? '');
  return meaning && ofSource(meaning, kind);
}

/** A source as a page shows it; no crowd where none is known yet. */
export async function viewSource(tx: Tx, source: Shown, crowd: Crowd | undefined): Promise<SourceView> {
  const { ordinal, kind, network, query, problem, title } = source;
  return {
    ordinal,
    kind,
    network,
    query,
    uploadId: kind === 'file' ? source.uploadId : null,
    state: problem !== null ? 'failed' : crowd === undefined ? 'resolving' : crowd.complete ? 'ready' : 'listing',
    problem: problem ?? problemOf(crowd?.problem ?? null, kind),
    subject: await subjectOf(tx, aboutOf(source)),
    title,
    listed: crowd?.size ?? 0,
    expected: crowd ? crowd.expected : source.claimed,
    untold: crowd?.untold ?? 0,
  };
}
