export { ensureDatabase } from './database.ts';
export { type DeployOptions, deploy } from './deploy.ts';
export { drift } from './drift.ts';
export { LOGIN_ROLES, type LoginRole } from './passwords.ts';
export { QUEUE_SCHEMAS } from './queues.ts';
