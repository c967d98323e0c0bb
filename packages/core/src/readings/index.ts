export { readNow } from './read-now.ts';
export { type ReadRef, readOwn } from './read-own.ts';
export { liftLeft, makeVanishedAgain } from './repair.ts';
export { getStanding } from './standing.ts';
