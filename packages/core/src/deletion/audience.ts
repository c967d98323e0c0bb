import type { Tx } from '@secateur/db';

/** Whom to tell of something, by mail. */
export type Audience = {
  /** What an organisation is called; null for a personal tenant, which is called like its owner's address. */
  organisation: string | null;
  userIds: string[];
};

/** Every member of the tenant. */
export async function audienceOf(tx: Tx, tenantId: string): Promise<Audience> {
  const { kind, name } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const members = await tx.member.findMany({ where: { tenantId }, select: { userId: true } });
  return { organisation: kind === 'organisation' ? name : null, userIds: members.map(({ userId }) => userId) };
}
