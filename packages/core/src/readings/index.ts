export type { ReadRef } from './page.ts';
export { readOwn } from './read-own.ts';
