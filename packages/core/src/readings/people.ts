import type { Tx } from '@secateur/db';

type Account = { tenantId: string; accountId: string };

/** Writes a page of an account's own people under the number of the reading that saw them. */
export async function stagePeople(
  tx: Tx,
  account: Account,
  side: 'follows' | 'followed_by',
  profileIds: string[],
  generation: number,
): Promise<void> {
  if (profileIds.length === 0) return;
  const follows = side === 'follows';
  await tx.$executeRaw`
    INSERT INTO people (tenant_id, account_id, profile_id, follows, followed_by, follows_generation, follower_generation)
    SELECT DISTINCT ${account.tenantId}::uuid, ${account.accountId}::uuid, id, ${follows}::boolean, ${!follows}::boolean,
           ${follows ? generation : 0}::int, ${follows ? 0 : generation}::int
    FROM unnest(${profileIds}::uuid[]) AS id
    ON CONFLICT (tenant_id, account_id, profile_id) DO UPDATE SET
      follows = people.follows OR excluded.follows,
      followed_by = people.followed_by OR excluded.followed_by,
      follows_generation = greatest(people.follows_generation, excluded.follows_generation),
      follower_generation = greatest(people.follower_generation, excluded.follower_generation)`;
}

/** Ends a reading: who was not seen by it is no longer one of the account's people. */
export async function finishPeople(tx: Tx, account: Account, generation: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE people SET follows = follows AND follows_generation = ${generation},
           followed_by = followed_by AND follower_generation = ${generation}
    WHERE tenant_id = ${account.tenantId}::uuid AND account_id = ${account.accountId}::uuid
      AND (follows_generation < ${generation} OR follower_generation < ${generation})`;
  await tx.$executeRaw`
    DELETE FROM people WHERE tenant_id = ${account.tenantId}::uuid AND account_id = ${account.accountId}::uuid
      AND NOT follows AND NOT followed_by AND talked_at IS NULL AND known_by = 0`;
}
