export { createGate, type GateOptions, HOST_ALLOWANCE } from './gate.ts';
export { ACCOUNT_STRETCH, accountScope, allowedIn, spend } from './store.ts';
