export { AddressRefused } from './address-refused.ts';
export { isLoopback, isPublicAddress } from './addresses.ts';
export { createGuardedFetch, type GuardedFetch, type GuardedRequest } from './guarded-fetch.ts';
export { type Attempt, lost, Unreadable } from './lost.ts';
