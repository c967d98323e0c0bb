export { AddressRefused } from './address-refused.ts';
export { isLoopback, isPublicAddress } from './addresses.ts';
export { createGuardedFetch, type GuardedFetch, type GuardedRequest } from './guarded-fetch.ts';
export { lost } from './lost.ts';
