export { type ReadRef, readOwn } from './read-own.ts';
export { getStanding } from './standing.ts';
