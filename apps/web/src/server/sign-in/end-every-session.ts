import type { OwnDeed } from '@secateur/core/tenants';
import type { SharedTx } from '@secateur/db';

/** Ends every session of a user, those that are half way in too. Returns what the trail is to say. */
export async function endEverySession(tx: SharedTx, userId: string): Promise<OwnDeed[]> {
  await tx.halfSignIn.deleteMany({ where: { userId } });
  const gone = await tx.session.findMany({ where: { userId }, select: { id: true } });
  await tx.session.deleteMany({ where: { userId, id: { in: gone.map(({ id }) => id) } } });
  return gone.map(({ id }) => ({ action: 'session.ended', subjectId: id }));
}
