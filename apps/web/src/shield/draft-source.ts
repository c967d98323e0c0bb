import { OFFERS, type Recognised, recognise, type Taken, USUAL } from '@secateur/core/shields/policy';
import type { SourceInput, SourceView } from '@secateur/core/shields/schemas';
import { z } from 'zod';

const network = z.enum(['bluesky', 'mastodon', 'x']);
const taken = z.array(
  z.enum(['account', 'followers', 'following', 'likers', 'reposters', 'repliers', 'quoters', 'list']),
);

/** One source as it is typed: somebody or something that is named, or a file. */
export const draftSourceSchema = z.object({
  id: z.string(),
  query: z.string(),
  /** Chosen where the way it is named leaves it open. */
  network: network.nullable(),
  /** What is taken of what it may turn out to name; kept for each, so that nothing that was chosen is lost while typing. */
  taken: z.object({ account: taken, post: taken, list: taken }),
  file: z.object({ id: z.string(), name: z.string(), network }).nullable(),
});
export type DraftSource = z.infer<typeof draftSourceSchema>;

export const EMPTY_SOURCE: Omit<DraftSource, 'id'> = {
  query: '',
  network: null,
  taken: { account: [...USUAL.account], post: [...USUAL.post], list: [...USUAL.list] },
  file: null,
};

type Usable = readonly { network: SourceInput['network'] }[];

/** Where it is: as its form says, else as was chosen, else where the first account is. */
export function networkOf(source: DraftSource, usable: Usable): SourceInput['network'] {
  if (source.file) return source.file.network;
  return recognise(source.query).network ?? source.network ?? usable[0]?.network ?? 'bluesky';
}

/** What it names, by its form. */
export function whatOf(source: DraftSource): Recognised['what'] {
  return recognise(source.query).what;
}

/** What can be taken from it. */
export function offeredOf(source: DraftSource, usable: Usable): readonly Taken[] {
  return OFFERS[networkOf(source, usable)][whatOf(source)];
}

/** What is taken from it. */
export function takenOf(source: DraftSource, usable: Usable): (Taken | 'file')[] {
  if (source.file) return ['file'];
  const chosen = source.taken[whatOf(source)];
  return offeredOf(source, usable).filter((kind) => chosen.includes(kind));
}

/** The same source with one thing taken from it, or no more. */
export function withTaken(source: DraftSource, kind: Taken, on: boolean): DraftSource {
  const what = whatOf(source);
  const others = source.taken[what].filter((one) => one !== kind);
  return { ...source, taken: { ...source.taken, [what]: on ? [...others, kind] : others } };
}

/** What is sent of it. */
export function inputsOf(source: DraftSource, usable: Usable): SourceInput[] {
  const on = networkOf(source, usable);
  if (source.file) return [{ kind: 'file', network: on, uploadId: source.file.id }];
  const query = source.query.trim();
  return takenOf(source, usable).flatMap((kind) => (kind === 'file' ? [] : [{ kind, network: on, query }]));
}

/** The sources of a form, told from a preview that was made elsewhere. */
export function draftSourcesOf(sources: readonly SourceView[]): DraftSource[] {
  const named = Map.groupBy(sources, ({ uploadId, network: on, query }) => uploadId ?? `${on} ${query}`);
  return [...named.values()].flatMap(([first, ...more], n): DraftSource[] => {
    if (!first) return [];
    const base = { ...EMPTY_SOURCE, id: n === 0 ? 'first' : `kept-${n}`, network: first.network };
    if (first.uploadId) return [{ ...base, file: { id: first.uploadId, name: first.query, network: first.network } }];
    const kinds = [first, ...more].flatMap(({ kind }) => (kind === 'file' || kind === 'shared' ? [] : [kind]));
    const source = { ...base, query: first.query };
    return [{ ...source, taken: { ...source.taken, [whatOf(source)]: kinds } }];
  });
}
