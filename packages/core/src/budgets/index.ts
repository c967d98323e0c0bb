export { createGate, type GateOptions, HOST_ALLOWANCE } from './gate.ts';
export { accountStretch } from './policy/index.ts';
export { accountScope, allowedIn, spend, spendsIn } from './store.ts';
