export { ensureTenant, tenantsOf } from './ensure.ts';
