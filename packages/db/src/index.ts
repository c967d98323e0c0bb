export { createDb, type Db, type DbOptions } from './client.ts';
export * from './generated/client.ts';
export { createLocks, LockBusy, type Locks } from './locks.ts';
export type { PrismaClient, SharedTx, WholeClient } from './shared-client.ts';
export type { SqlTx } from './statements.ts';
export { type Tx, withEachTenant, withTenant, withTenantSql } from './tenancy.ts';
