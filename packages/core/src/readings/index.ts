export type { ReadRef } from './page.ts';
export { readNow } from './read-now.ts';
export { readOwn } from './read-own.ts';
export { liftLeft, makeVanishedAgain } from './repair.ts';
export { getStanding } from './standing.ts';
