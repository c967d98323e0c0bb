export { createDb, type Db, type DbOptions } from './client.ts';
export * from './generated/client.ts';
export { type Tx, withTenant } from './tenancy.ts';
