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

async function owe(
  tx: SqlTx,
  tenantId: string,
  users: { userId: string }[],
  about: OwedAbout,
  at: Date,
): Promise<void> {
  for (const { userId } of users) {
    for (const listener of ['first', 'second']) {
      await tx.$executeRaw`
        INSERT INTO owed_notices (tenant_id, id, user_id, listener, about, at, next_at)
        VALUES (${tenantId}::uuid, ${newId()}::uuid, ${userId}::uuid, ${listener}::owed_to, ${about}::owed_about,
                ${at}::timestamptz, clock_timestamp())`;
    }
  }
}
