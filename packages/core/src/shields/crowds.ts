import type { Tx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import type { SourceInput } from './schemas.ts';

/** A row of `sources`, as far as it says where a crowd comes from and how far it was taken. */
export type Source = {
  ordinal: number;
  kind: SourceInput['kind'];
  network: NetworkName;
  subjectId: string | null;
  claimed: number | null;
  audienceId: string | null;
  uploadId: string | null;
  problem: string | null;
  plannedTo: number;
  meant: number;
};

/** A source whose crowd is being listed, or is. */
export type Crowd<S extends Source = Source> = {
  source: S;
  /** What its members are found under. */
  id: string;
  size: number;
  complete: boolean;
  problem: string | null;
  startedAt: Date;
  /** How many there are in the end, as far as anybody says. */
  expected: number | null;
  /** Until when the network lets nobody ask on. */
  goesOnAt: Date | null;
  /** Of a crowd that is listed, those whom its server counts and does not show. */
  untold: number;
};

/**
 * How many of an audience are there for a source: those of its listing, and as far as the source itself was taken since. Whom somebody
 * else's looks added is not: a crowd that grew would tell whoever asks for it that somebody shields against it.
 */
export function reach(
  { size, listedSize }: { size: number; listedSize: number | null },
  { plannedTo }: { plannedTo: number },
): number {
  return Math.min(size, Math.max(listedSize ?? size, plannedTo));
}

/**
 * The crowds of these sources, in their order; those that are not known yet, or can't be taken, are left out. `grown` is for keeping
 * up alone: with whoever came since they were listed.
 */
export async function crowdsOf<S extends Source>(
  tx: Tx,
  tenantId: string,
  all: S[],
  { grown = false }: { grown?: boolean } = {},
): Promise<Crowd<S>[]> {
  const sources = all.filter((s) => s.problem === null);
  const listed = await tx.audience.findMany({ where: { id: { in: sources.flatMap((s) => s.audienceId ?? []) } } });
  const brought = await tx.upload.findMany({
    where: { tenantId, id: { in: sources.flatMap((s) => s.uploadId ?? []) } },
  });
  return sources.flatMap((source): Crowd<S>[] => {
    const audience = listed.find((a) => a.id === source.audienceId);
    if (audience) {
      const { id, state, problem, startedAt, claimed, wakeAt } = audience;
      const size = grown ? audience.size : reach(audience, source);
      const complete = state !== 'listing';
      const expected = complete ? size : (claimed ?? source.claimed);
      // Where nobody at all is shown, what its profile counts are those who are not.
      const counted = claimed ?? (size === 0 ? source.claimed : null);
      const untold = complete && problem === null ? Math.max(0, (counted ?? 0) - size) : 0;
      const goesOnAt = !complete && problem === 'limited' ? wakeAt : null;
      return [{ source, id, size, complete, problem, startedAt, expected, goesOnAt, untold }];
    }
    const upload = brought.find((u) => u.id === source.uploadId);
    if (!upload) return [];
    const { id, size, state, problem, createdAt, readable, kind } = upload;
    const claimed = kind === 'file' ? readable : source.claimed;
    const complete = state !== 'listing';
    const expected = complete ? size : claimed;
    return [{ source, id, size, complete, problem, startedAt: createdAt, expected, goesOnAt: null, untold: 0 }];
  });
}

/** Whether its members count towards the threshold; an account that is named is meant whatever else it is in. */
export function counts(source: { kind: SourceInput['kind'] }): boolean {
  return source.kind !== 'account';
}
