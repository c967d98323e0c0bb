export { Meter } from './meter.ts';
export { type Division, divide, HOST_STRETCH, ordinaryShare, ourShare } from './shares.ts';
export { type Allowance, accountStretch, allowed, type Spend, stretchOf } from './window.ts';
