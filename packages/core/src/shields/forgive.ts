import { MINUTE } from '@secateur/base';
import type { Tx } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { lockRunning, wakeAccounts } from '../effects/index.ts';
import { record } from '../events/index.ts';
import { unwindShieldJob } from './jobs.ts';

type ListRef = { tenantId: string; uploadId: string };

/**
 * Lets those go, in every running shield that has this list, who were taken off it: unless the shield means them without it,
 * by name or by its other crowds, planned already or not. What another shield covers stays, as with every undo.
 */
export async function forgive(tx: Tx, { tenantId, uploadId }: ListRef, profileIds: string[], now: Date): Promise<void> {
  if (profileIds.length === 0) return;
  const shields = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT x.id FROM sources s JOIN shields x ON x.tenant_id = s.tenant_id AND x.id = s.shield_id
    WHERE s.tenant_id = ${tenantId}::uuid AND s.upload_id = ${uploadId}::uuid AND x.state IN ('gathering', 'acting', 'holding')
    ORDER BY x.id`;
  const connections = await tx.shieldConnection.findMany({
    where: { tenantId, shieldId: { in: shields.map(({ id }) => id) } },
    select: { shieldId: true, accountId: true },
  });
  // All of them at once: shield by shield they would not be taken in the order of their ids.
  await lockRunning(tx, tenantId, [...new Set(connections.map(({ accountId }) => accountId))]);
  for (const { id: shieldId } of shields) {
    const accounts = connections.filter((c) => c.shieldId === shieldId).map(({ accountId }) => accountId);
    const gone = await tx.$executeRaw`
      WITH others AS (
        SELECT coalesce(s.audience_id, s.upload_id) AS id FROM sources s
        WHERE s.tenant_id = ${tenantId}::uuid AND s.shield_id = ${shieldId}::uuid AND s.kind <> 'account'
          AND s.upload_id IS DISTINCT FROM ${uploadId}::uuid
      ), let_go AS (
        UPDATE targets t SET reason = 'undone_one'
        FROM unnest(${profileIds}::uuid[]) AS m (profile_id), shields x
        WHERE t.tenant_id = ${tenantId}::uuid AND t.shield_id = ${shieldId}::uuid AND t.profile_id = m.profile_id
          AND t.state = 'covering' AND t.reason IS NULL AND x.tenant_id = t.tenant_id AND x.id = t.shield_id
          AND NOT EXISTS (SELECT FROM sources s WHERE s.tenant_id = t.tenant_id AND s.shield_id = t.shield_id
                            AND s.kind = 'account' AND s.subject_id = m.profile_id)
          AND (SELECT count(*) FROM others o WHERE EXISTS (SELECT FROM crowd_members c
                 WHERE c.crowd_id = o.id AND c.profile_id = m.profile_id)) < x.threshold
        RETURNING t.account_id, t.profile_id, t.action
      )
      UPDATE effects e SET due_at = CASE WHEN e.state = 'applied' THEN ${now}::timestamptz ELSE e.due_at END
      FROM let_go t
      WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = t.account_id AND e.profile_id = t.profile_id
        AND e.action = t.action`;
    if (gone === 0) continue;
    // One that gathers is woken as it is, and looks for them when it is planned.
    await tx.shield.updateMany({
      where: { tenantId, id: shieldId, plannedAt: { not: null } },
      data: { wakeAt: new Date(now.getTime() + MINUTE) },
    });
    await enqueue(tx, unwindShieldJob, { tenantId, shieldId });
    await record(tx, tenantId, now, [{ kind: 'shield', subjectId: shieldId }]);
    await wakeAccounts(tx, tenantId, accounts, now);
  }
}
