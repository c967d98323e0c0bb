export { type ReadRef, readOwn } from './read-own.ts';
