import type { Tx } from '@secateur/db';

/** What makes a shield leave what waits under it: it stands still, it ends, or single targets of it were undone. */
type Left = 'paused' | 'ended' | 'undone_one';

/**
 * What waits under this shield, that it leaves, and is covered by another takes its turn and its tokens there: with one that
 * goes on, else, unless this one only stands still, with one that is paused.
 */
export async function adopt(tx: Tx, tenantId: string, shieldId: string, left: Left): Promise<void> {
  await tx.$executeRaw`
    UPDATE effects e SET shield_id = o.shield_id, rank = greatest(e.rank, 1)
    FROM (
      SELECT DISTINCT ON (mine.account_id, mine.profile_id, mine.action)
             mine.account_id, mine.profile_id, mine.action, other.shield_id
      FROM targets mine
      JOIN targets other ON other.tenant_id = mine.tenant_id AND other.account_id = mine.account_id
        AND other.profile_id = mine.profile_id AND other.action = mine.action AND other.shield_id <> mine.shield_id
        AND other.state = 'covering' AND other.reason IS NULL
      JOIN shields s ON s.tenant_id = other.tenant_id AND s.id = other.shield_id AND (s.paused_at IS NULL OR ${left !== 'paused'}::boolean)
        AND s.cancelled_at IS NULL AND s.undone_at IS NULL AND s.state IN ('gathering', 'acting', 'holding')
      WHERE mine.tenant_id = ${tenantId}::uuid AND mine.shield_id = ${shieldId}::uuid
        AND (${left !== 'undone_one'}::boolean OR mine.reason = 'undone_one')
      ORDER BY mine.account_id, mine.profile_id, mine.action, (s.paused_at IS NOT NULL), s.raised_at
    ) o
    WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = o.account_id AND e.profile_id = o.profile_id
      AND e.action = o.action AND e.shield_id = ${shieldId}::uuid AND e.state IN ('pending', 'absent')`;
}

/** What this shield covers and waits under one that stands still takes its turn here. */
export async function takeOver(tx: Tx, tenantId: string, shieldId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE effects e SET shield_id = t.shield_id
    FROM targets t, shields s
    WHERE t.tenant_id = ${tenantId}::uuid AND t.shield_id = ${shieldId}::uuid AND t.state = 'covering' AND t.reason IS NULL
      AND e.tenant_id = t.tenant_id AND e.account_id = t.account_id AND e.profile_id = t.profile_id AND e.action = t.action
      AND e.state = 'pending' AND e.shield_id <> t.shield_id
      AND s.tenant_id = e.tenant_id AND s.id = e.shield_id
      AND (s.paused_at IS NOT NULL OR s.cancelled_at IS NOT NULL OR s.undone_at IS NOT NULL)`;
}
