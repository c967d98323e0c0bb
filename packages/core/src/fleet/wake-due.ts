import { MINUTE } from '@secateur/base';
import type { SharedTx } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { listAudienceJob } from '../audiences/index.ts';
import {
  confirmConnectionJob,
  moveConnectionJob,
  readOwnJob,
  renewConnectionJob,
  tendConnectionJob,
} from '../connections/index.ts';
import type { Context } from '../context/index.ts';
import { eraseTenantJob } from '../deletion/index.ts';
import { actJob } from '../effects/index.ts';
import { drainConnectionJob } from '../leaving/index.ts';
import { deliverAppealJob, fillListJob, syncSubscriptionJob } from '../sharing/index.ts';
import { planShieldJob, preparePreviewJob, unwindShieldJob } from '../shields/index.ts';
import { readUploadJob } from '../uploads/index.ts';
import { wakeKeeping } from './wake-keeping.ts';

type Due = { kind: string; tenantId: string; id: string; detail: string | null };

/** Most rows of each kind woken in one sweep. */
const MOST = 500;

/**
 * The reconciler: makes jobs for every row whose time to be woken has come, whether its job was lost, its wait is over or
 * its cover has ended. Returns how many.
 */
export async function wakeDue(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  return ctx.prisma.$transaction(async (tx) => {
    const due = await tx.$queryRaw<Due[]>`
      SELECT kind, tenant_id AS "tenantId", id, detail FROM across.due(${now}, ${MOST}::int)`;
    for (const row of due) await wake(tx, row);
    const sessions = await tx.$queryRaw<{ tenantId: string; connectionId: string }[]>`
      SELECT tenant_id AS "tenantId", id AS "connectionId" FROM across.to_tend(${now}, ${MOST}::int)`;
    for (const ref of sessions) await enqueue(tx, tendConnectionJob, ref);
    const renewals = await tx.$queryRaw<{ tenantId: string; connectionId: string }[]>`
      SELECT tenant_id AS "tenantId", connection_id AS "connectionId"
      FROM across.renewals_due(${now}, ${MOST}::int)`;
    for (const ref of renewals) await enqueue(tx, renewConnectionJob, ref);
    const files = await tx.$queryRaw<{ tenantId: string; uploadId: string }[]>`
      SELECT tenant_id AS "tenantId", upload_id AS "uploadId" FROM across.uploads_due(${now}, ${MOST}::int)`;
    for (const ref of files) await enqueue(tx, readUploadJob, ref);
    const shared = await tx.$queryRaw<{ kind: 'list' | 'subscription'; tenantId: string; id: string }[]>`
      SELECT kind, tenant_id AS "tenantId", id FROM across.shared_due(${now}, ${MOST}::int)`;
    for (const { kind, tenantId, id } of shared) {
      if (kind === 'list') await enqueue(tx, fillListJob, { tenantId, listId: id });
      else await enqueue(tx, syncSubscriptionJob, { tenantId, subscriptionId: id });
    }
    // No tenant's yet, so no function looks across them for these.
    const appeals = await tx.$queryRaw<{ appealId: string }[]>`
      UPDATE written_appeals n SET wake_at = ${new Date(now.getTime() + MINUTE)}
      FROM (SELECT id FROM written_appeals WHERE wake_at <= ${now} ORDER BY wake_at LIMIT ${MOST}::int FOR UPDATE SKIP LOCKED) d
      WHERE n.id = d.id RETURNING n.id AS "appealId"`;
    for (const ref of appeals) await enqueue(tx, deliverAppealJob, ref);
    const deletions = await tx.$queryRaw<{ tenantId: string }[]>`
      SELECT tenant_id AS "tenantId" FROM across.deletions_due(${now}, ${MOST}::int)`;
    for (const ref of deletions) await enqueue(tx, eraseTenantJob, ref);
    const keeping = await wakeKeeping(tx, now, MOST);
    const woken = [due, sessions, renewals, files, shared, appeals, deletions];
    return woken.reduce((sum, rows) => sum + rows.length, keeping);
  });
}

async function wake(tx: SharedTx, { kind, tenantId, id, detail }: Due): Promise<void> {
  switch (kind) {
    case 'account':
      return enqueue(tx, actJob, { tenantId, accountId: id });
    case 'shield':
      if (detail === 'preview') return enqueue(tx, preparePreviewJob, { tenantId, shieldId: id });
      if (detail === 'gathering') return enqueue(tx, planShieldJob, { tenantId, shieldId: id });
      return enqueue(tx, unwindShieldJob, { tenantId, shieldId: id });
    case 'reading':
      return enqueue(tx, readOwnJob, readOwnJob.payload.parse({ tenantId, accountId: id, kind: detail }));
    case 'connection':
      return enqueue(tx, connectionJob(detail), { tenantId, connectionId: id });
    case 'audience':
      return enqueue(tx, listAudienceJob, { audienceId: id });
  }
}

function connectionJob(state: string | null) {
  if (state === 'leaving') return drainConnectionJob;
  return state === 'elsewhere' || state === 'moving' ? moveConnectionJob : confirmConnectionJob;
}
