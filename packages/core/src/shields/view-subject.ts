import type { Tx } from '@secateur/db';
import type { Subject } from './schemas.ts';

/** The account that a shield is about, as last seen; null until it is known. */
export async function subjectOf(tx: Tx, profileId: string | null): Promise<Subject | null> {
  if (profileId === null) return null;
  const found = await tx.profile.findUnique({ where: { id: profileId } });
  return found && { profileId, handle: found.handle, displayName: found.displayName, followers: found.followers };
}
