export { exportTenant, type TakenFile } from './export-tenant.ts';
