export { exportLedger } from './export.ts';
export { listLedger } from './list.ts';
