import type { Tx } from '@secateur/db';
import { reach, type Source } from './crowds.ts';

/** More than any crowd has: a file or a list is its tenant's own, and there to its end. */
const ALL = 2_147_483_647;

/** Crowds by their ids, and below which number their members are there for whoever asks. */
export type Reach = { ids: string[]; to: number[] };

/** How far into the crowds of these sources anybody of theirs is looked for. */
export async function reachOf(tx: Tx, sources: Source[]): Promise<Reach> {
  const audiences = await tx.audience.findMany({
    where: { id: { in: sources.flatMap((s) => s.audienceId ?? []) } },
    select: { id: true, size: true, listedSize: true },
  });
  const all = sources.flatMap((source) => {
    if (source.audienceId === null) return source.uploadId === null ? [] : [{ id: source.uploadId, to: ALL }];
    const audience = audiences.find(({ id }) => id === source.audienceId);
    return audience ? [{ id: audience.id, to: audience.listedSize === null ? ALL : reach(audience, source) }] : [];
  });
  return { ids: all.map(({ id }) => id), to: all.map(({ to }) => to) };
}
