export { exempt, type Facts, type Rules, type SpareReason } from './exempt.ts';
export { PROTECTED } from './protected.ts';
