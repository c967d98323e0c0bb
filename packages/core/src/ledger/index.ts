export { listLedger } from './list.ts';
