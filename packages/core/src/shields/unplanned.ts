import type { Tx } from '@secateur/db';
import type { Source } from './crowds.ts';

/**
 * Of those who are meant, whoever has no target yet. Only a list that somebody else keeps shrinks: who was taken off it has
 * one, and is not hit by the same shield again when another of its crowds brings them.
 */
export async function unplanned(
  tx: Tx,
  { tenantId, id }: { tenantId: string; id: string },
  sources: Source[],
  profileIds: string[],
): Promise<string[]> {
  if (!sources.some(({ kind }) => kind === 'shared')) return profileIds;
  const rows = await tx.$queryRaw<{ profileId: string }[]>`
    SELECT m.id AS "profileId" FROM unnest(${profileIds}::uuid[]) AS m (id)
    WHERE NOT EXISTS (SELECT FROM targets t WHERE t.tenant_id = ${tenantId}::uuid AND t.shield_id = ${id}::uuid
                        AND t.profile_id = m.id)`;
  return rows.map((row) => row.profileId);
}
