import type { Tx } from '@secateur/db';
import { type Crowd, counts } from './crowds.ts';

/**
 * Who of the next stretch of a crowd is meant from here on: those whom this crowd brings to the threshold, as far as the others
 * were taken. Each is met exactly once, whatever the order in which crowds come in, so what is counted here is counted once.
 */
export async function choose(
  tx: Tx,
  crowd: Crowd,
  { among, threshold, to }: { among: Crowd[]; threshold: number; to: number },
): Promise<string[]> {
  const { source, id } = crowd;
  if (!counts(source)) return source.subjectId === null ? [] : [source.subjectId];
  const named = among.flatMap((c) => (counts(c.source) ? [] : (c.source.subjectId ?? [])));
  const others = among.filter((c) => counts(c.source) && c.id !== id && c.source.plannedTo > 0);
  const rows = await tx.$queryRaw<{ profileId: string }[]>`
    SELECT m.profile_id AS "profileId" FROM crowd_members m
    WHERE m.crowd_id = ${id}::uuid AND m.seq >= ${source.plannedTo} AND m.seq < ${to}
      AND NOT m.profile_id = ANY(${named}::uuid[])
      AND (SELECT count(*) FROM unnest(${others.map((c) => c.id)}::uuid[], ${others.map((c) => c.source.plannedTo)}::int[])
             AS c (id, planned_to)
           WHERE EXISTS (SELECT FROM crowd_members o
                         WHERE o.crowd_id = c.id AND o.profile_id = m.profile_id AND o.seq < c.planned_to))
          = ${threshold - 1}::int`;
  return rows.map((row) => row.profileId);
}
