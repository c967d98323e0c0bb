export { createGate, type GateOptions, HOST_ALLOWANCE } from './gate.ts';
export { accountScope, accountStretch, allowedIn, spend } from './store.ts';
