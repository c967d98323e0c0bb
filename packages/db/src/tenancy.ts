import type { Prisma, PrismaClient } from './generated/client.ts';

/** A transaction inside one tenant. */
export type Tx = Prisma.TransactionClient;

/** Most milliseconds a transaction may take before it is rolled back: a chunk takes one or two seconds. */
const LONGEST = 20_000;

/**
 * The only way to a tenant's rows: one transaction whose first statement sets the tenant that row-level security
 * compares with. It is set for the transaction, never for the session, so that a pooled connection carries nothing on.
 * Errors of `work` roll everything back and come through unchanged.
 *
 * `plans: 'generic'` plans each prepared statement once a connection, whatever its parameters: for work that is done
 * thousands of times a minute and where the same index is right for everybody. Planning for one account among sixteen
 * partitions costs several times what the statement does.
 */
export async function withTenant<T>(
  prisma: PrismaClient,
  tenantId: string,
  work: (tx: Tx) => Promise<T>,
  { plans = 'auto' }: { plans?: 'auto' | 'generic' } = {},
): Promise<T> {
  return prisma.$transaction(
    async (tx) => {
      if (plans === 'auto') await tx.$executeRaw`SELECT set_config('app.tenant_id', ${tenantId}, true)`;
      else {
        await tx.$executeRaw`
          SELECT set_config('app.tenant_id', ${tenantId}, true), set_config('plan_cache_mode', 'force_generic_plan', true)`;
      }
      return work(tx);
    },
    { timeout: LONGEST, maxWait: LONGEST },
  );
}
