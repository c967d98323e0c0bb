export { getQuota } from './get.ts';
export { bucketsOf, giveBackTokens, holdTokens } from './store.ts';
