import type { Prisma, PrismaClient as WholeClient } from './generated/client.ts';

export type { WholeClient };

type Models = Prisma.TypeMap['model'];

/** Every model whose rows belong to a tenant: told by their `tenantId`, so a new one is among them by itself. */
type PrivateModel =
  | {
      [M in Prisma.ModelName]: 'tenantId' extends keyof Models[M]['payload']['scalars'] ? Uncapitalize<M> : never;
    }[Prisma.ModelName]
  | 'tenant';

/** A transaction outside every tenant: it has no private models, and row-level security shows its statements no private row. */
export type SharedTx = Omit<Prisma.TransactionClient, PrivateModel>;

/**
 * The database as everything but `withTenant` sees it: whoever wants a tenant's rows has to go through that door, or it is no
 * TypeScript.
 */
export type PrismaClient = Omit<SharedTx & WholeClient, PrivateModel | '$transaction' | '$extends'> & {
  $transaction<T>(
    work: (tx: SharedTx) => Promise<T>,
    options?: { maxWait?: number; timeout?: number; isolationLevel?: Prisma.TransactionIsolationLevel },
  ): Promise<T>;
};
