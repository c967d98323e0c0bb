import pg from 'pg';
import { sessionsOf } from './client.ts';
import type { Prisma, PrismaClient as Whole } from './generated/client.ts';
import type { PrismaClient, SharedTx } from './shared-client.ts';
import { type SqlTx, statementsOn } from './statements.ts';

/** A transaction inside one tenant. */
export type Tx = Prisma.TransactionClient;

/** Most milliseconds a transaction may take before it is rolled back: a chunk takes one or two seconds. */
const LONGEST = 20_000;

/**
 * The only way to a tenant's rows: one transaction whose first statement sets the tenant that row-level security
 * compares with. It is set for the transaction, never for the session, so that a pooled connection carries nothing on.
 * Errors of `work` roll everything back and come through unchanged.
 */
export async function withTenant<T>(
  prisma: PrismaClient,
  tenantId: string,
  work: (tx: Tx) => PromiseLike<T>,
): Promise<T> {
  return whole(prisma).$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('app.tenant_id', ${tenantId}, true)`;
      return await work(tx);
    },
    { timeout: LONGEST, maxWait: LONGEST },
  );
}

/**
 * For what is a user's own and no tenant's, and is to be said in each of theirs: `first` sees no tenant's rows, then
 * `each` is called inside one tenant after the other, all in one transaction. They are always entered in the same order,
 * so that two users who share some never wait for each other in a circle.
 */
export async function withEachTenant<T>(
  prisma: PrismaClient,
  tenantIds: readonly string[],
  first: (tx: SharedTx) => PromiseLike<T>,
  each: (tx: Tx, tenantId: string) => PromiseLike<void>,
): Promise<T> {
  return whole(prisma).$transaction(
    async (tx) => {
      const result = await first(tx);
      for (const tenantId of [...tenantIds].sort()) {
        await tx.$executeRaw`SELECT set_config('app.tenant_id', ${tenantId}, true)`;
        await each(tx, tenantId);
      }
      return result;
    },
    { timeout: LONGEST, maxWait: LONGEST },
  );
}

/**
 * What `withTenant` is, by the same door, for work of plain statements that is done thousands of times a minute, on the
 * same pool without Prisma in between, which costs several times what such a statement does. Prepared statements are planned once
 * a connection, whatever their parameters: planning for one account among sixteen partitions costs more than asking.
 */
export async function withTenantSql<T>(
  prisma: PrismaClient,
  tenantId: string,
  work: (tx: SqlTx) => PromiseLike<T>,
): Promise<T> {
  const { pool, prepare } = sessionsOf(prisma);
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(
      `BEGIN; SELECT set_config('app.tenant_id', ${pg.escapeLiteral(tenantId)}, true),
              set_config('plan_cache_mode', 'force_generic_plan', true), set_config('transaction_timeout', '${LONGEST}', true)`,
    );
    const result = await work(statementsOn(client, prepare));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** There is only the one client: what its type leaves out is there for those who come in by these doors. */
function whole(prisma: PrismaClient): Whole {
  return prisma as Whole;
}
