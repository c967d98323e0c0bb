export { type Acting, actingFor, actingWith, markRevoked, networkOf } from './acting.ts';
export { beginReading, confirmConnection } from './confirm.ts';
export { connect, reconnect } from './connect.ts';
export { confirmConnectionJob, readOwnJob } from './jobs.ts';
export { listConnections } from './list.ts';
export { meaningOf, passes } from './problem.ts';
export type { ConnectionView } from './schemas.ts';
