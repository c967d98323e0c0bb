import type { Prisma, PrismaClient } from './generated/client.ts';

/** A transaction inside one tenant. */
export type Tx = Prisma.TransactionClient;

/** Most milliseconds a transaction may take before it is rolled back: a chunk takes one or two seconds. */
const LONGEST = 20_000;

/**
 * The only way to a tenant's rows: one transaction whose first statement sets the tenant that row-level security
 * compares with. It is set for the transaction, never for the session, so that a pooled connection carries nothing on.
 * Errors of `work` roll everything back and come through unchanged.
 */
export async function withTenant<T>(prisma: PrismaClient, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('app.tenant_id', ${tenantId}, true)`;
      return work(tx);
    },
    { timeout: LONGEST, maxWait: LONGEST },
  );
}
