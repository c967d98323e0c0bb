export { createGate, type GateOptions, HOST_ALLOWANCE } from './gate.ts';
export { accountScope, accountStretch, allowedIn, spend, spendsIn } from './store.ts';
