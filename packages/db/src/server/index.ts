export { bound } from './bound.ts';
export { freePort, isFree } from './free-port.ts';
export { type Postgres, type PostgresOptions, startPostgres } from './postgres.ts';
