export { accountIn, isNativeId } from './account-in.ts';
export { type Line, linesOf } from './lines.ts';
export { MOST_BYTES, MOST_LINES, readText, type Unreadable } from './read-text.ts';
