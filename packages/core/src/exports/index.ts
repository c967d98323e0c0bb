export { cellOf } from './csv.ts';
export { exportTenant, type TakenFile } from './export-tenant.ts';
export { type Running, takePlace, whileRead } from './running.ts';
