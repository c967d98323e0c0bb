export { type Division, divide, ourShare } from './shares.ts';
export { type Allowance, allowed, type Spend, stretchOf } from './window.ts';
