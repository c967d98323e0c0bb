import { withTenant } from '@secateur/db';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import type { WorkerContext } from '../context/index.ts';
import { closeDown } from './close-down.ts';
import { eraseTenantJob } from './jobs.ts';
import { letAllGo } from './let-all-go.ts';
import { load } from './load.ts';
import { stageOf } from './policy/index.ts';
import { shred } from './shred.ts';

/**
 * Takes a deletion as far as it goes now. Each stage is read from the row and what it finds, and each of its transactions
 * leaves something that can be gone on from: whoever dies here, another goes on.
 */
export async function eraseTenant(ctx: WorkerContext, { tenantId }: { tenantId: string }): Promise<Outcome> {
  const deletion = await withTenant(ctx.prisma, tenantId, (tx) => load(tx, tenantId));
  if (!deletion) return drop('not_asked');
  const stage = stageOf(deletion, ctx.clock.now());
  switch (stage.stage) {
    case 'over':
      return drop('over');
    case 'waits':
    case 'settles':
      return wait(ctx, tenantId, stage.until);
    case 'leaves':
      await letAllGo(ctx, tenantId);
      return snooze('accounts_leave');
    case 'shreds':
      await shred(ctx, tenantId);
      return snooze('settles');
    case 'erases': {
      if (await closeDown(ctx, tenantId)) return done();
      await ctx.prisma.$transaction((tx) => enqueue(tx, eraseTenantJob, { tenantId }));
      return snooze('rows_left');
    }
  }
}

async function wait(ctx: WorkerContext, tenantId: string, until: Date): Promise<Outcome> {
  await withTenant(ctx.prisma, tenantId, (tx) =>
    tx.deletion.updateMany({ where: { tenantId, erasedAt: null }, data: { wakeAt: until } }),
  );
  return snooze('waits');
}
