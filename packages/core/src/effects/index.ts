export { lockRunning } from './account.ts';
export { act } from './act.ts';
export { moveOn, recount } from './counts.ts';
export { actJob } from './jobs.ts';
export { liftLate } from './late.ts';
export { reconcileHeld } from './reconcile.ts';
export type { AccountRef } from './types.ts';
export { wakeAccounts } from './wake.ts';
export { WEAKENED_RANK } from './weaken.ts';
