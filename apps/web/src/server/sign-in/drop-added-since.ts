import type { OwnDeed } from '@secateur/core/tenants';
import type { SharedTx } from '@secateur/db';

/**
 * Takes away the accounts elsewhere that were added to what a user signs in with since then. Who has no address keeps the
 * oldest one, and so a way in. Returns what the trail is to say.
 */
export async function dropWaysSince(tx: SharedTx, userId: string, since: Date): Promise<OwnDeed[]> {
  const { email, identities } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    include: { identities: { orderBy: { addedAt: 'asc' } } },
  });
  const added = identities.filter(({ addedAt }, i) => addedAt >= since && (email !== null || i > 0));
  for (const { provider, providerAccountId } of added) {
    await tx.identity.delete({ where: { provider_providerAccountId: { provider, providerAccountId } } });
  }
  return added.map(() => ({ action: 'way.removed', subjectId: null }));
}

/** The same for passkeys and recovery codes. With the last passkey go the codes that stand for it. */
export async function dropPasskeysSince(tx: SharedTx, userId: string, since: Date): Promise<OwnDeed[]> {
  const gone = await tx.passkey.findMany({ where: { userId, createdAt: { gte: since } }, select: { id: true } });
  await tx.passkey.deleteMany({ where: { userId, id: { in: gone.map(({ id }) => id) } } });
  await tx.recoveryCode.deleteMany({ where: { userId, madeAt: { gte: since } } });
  if ((await tx.passkey.count({ where: { userId } })) === 0) {
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await tx.user.update({ where: { id: userId }, data: { passkeyAlone: false } });
  }
  return gone.map(({ id }) => ({ action: 'passkey.removed', subjectId: id }));
}
