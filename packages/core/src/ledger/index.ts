export { exportLedger } from './export.ts';
export { listLedger } from './list.ts';
export { undoShown } from './undo-shown.ts';
