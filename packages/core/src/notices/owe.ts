import { newId } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import type { OwedAbout } from './schemas.ts';

/**
 * Owes every owner of the tenant a mail, and each one's second contact another, in the transaction that makes it so. Whether
 * they have an address only the web app knows: it sends what is owed within seconds, and again until it was sent.
 */
export async function oweOwners(tx: SqlTx, tenantId: string, about: OwedAbout, at: Date): Promise<void> {
  const owners = await tx.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM members WHERE tenant_id = ${tenantId}::uuid AND role = 'owner'`;
  await owe(tx, tenantId, owners, about, at);
}

/** The same to every member, whatever their role. */
export async function oweMembers(tx: SqlTx, tenantId: string, about: OwedAbout, at: Date): Promise<void> {
  const members = await tx.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM members WHERE tenant_id = ${tenantId}::uuid`;
  await owe(tx, tenantId, members, about, at);
}

/**
 * The same to the owners and to these members, as far as they are members still, and to nobody's second contact: no stranger can have
 * done it. Who has not been sent the last mail of the kind yet gets no other.
 */
export async function oweFirst(
  tx: SqlTx,
  tenantId: string,
  userIds: string[],
  about: OwedAbout,
  at: Date,
): Promise<void> {
  const members = await tx.$queryRaw<{ userId: string }[]>`
    SELECT m.user_id AS "userId" FROM members m
    WHERE m.tenant_id = ${tenantId}::uuid AND (m.role = 'owner' OR m.user_id = ANY(${userIds}::uuid[]))
      AND NOT EXISTS (SELECT FROM owed_notices o WHERE o.tenant_id = m.tenant_id AND o.user_id = m.user_id
                        AND o.about = ${about}::owed_about)`;
  await owe(tx, tenantId, members, about, at, ['first']);
}

async function owe(
  tx: SqlTx,
  tenantId: string,
  users: { userId: string }[],
  about: OwedAbout,
  at: Date,
  listeners: readonly ('first' | 'second')[] = ['first', 'second'],
): Promise<void> {
  for (const { userId } of users) {
    for (const listener of listeners) {
      await tx.$executeRaw`
        INSERT INTO owed_notices (tenant_id, id, user_id, listener, about, at, next_at)
        VALUES (${tenantId}::uuid, ${newId()}::uuid, ${userId}::uuid, ${listener}::owed_to, ${about}::owed_about,
                ${at}::timestamptz, clock_timestamp())`;
    }
  }
}
