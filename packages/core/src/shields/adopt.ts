import type { Tx } from '@secateur/db';

/** What waits under this shield and is covered by another that goes on, takes its turn and its tokens there. */
export async function adopt(tx: Tx, tenantId: string, shieldId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE effects e SET shield_id = o.shield_id, rank = greatest(e.rank, 1)
    FROM (
      SELECT DISTINCT ON (mine.account_id, mine.profile_id, mine.action)
             mine.account_id, mine.profile_id, mine.action, other.shield_id
      FROM targets mine
      JOIN targets other ON other.tenant_id = mine.tenant_id AND other.account_id = mine.account_id
        AND other.profile_id = mine.profile_id AND other.action = mine.action AND other.shield_id <> mine.shield_id
        AND other.state = 'covering' AND other.reason IS NULL
      JOIN shields s ON s.tenant_id = other.tenant_id AND s.id = other.shield_id AND s.paused_at IS NULL
        AND s.cancelled_at IS NULL AND s.undone_at IS NULL AND s.state IN ('gathering', 'acting', 'holding')
      WHERE mine.tenant_id = ${tenantId}::uuid AND mine.shield_id = ${shieldId}::uuid
      ORDER BY mine.account_id, mine.profile_id, mine.action, s.raised_at
    ) o
    WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = o.account_id AND e.profile_id = o.profile_id
      AND e.action = o.action AND e.shield_id = ${shieldId}::uuid AND e.state IN ('pending', 'absent')`;
}
