export { buildWeb, generate } from './build.ts';
export type { Child } from './child.ts';
export { type Database, type DatabaseUrls, startDatabase } from './database.ts';
export { type Ports, readSettings, type Settings } from './env.ts';
export { freePorts } from './ports.ts';
export { type Product, startProduct } from './product.ts';
export { loadSecrets, type Secrets } from './secrets.ts';
export {
  type Service,
  type Setup,
  sandbox,
  sandboxUrl,
  startHealthy,
  WORKER_FLAGS,
  WORKER_MEMORY,
  web,
  webUrl,
  worker,
} from './services.ts';
