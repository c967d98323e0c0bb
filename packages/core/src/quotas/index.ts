export { getQuota } from './get.ts';
export { bucketsOf, giveBackTokens, holdTokens, WHOLE_TENANT } from './store.ts';
