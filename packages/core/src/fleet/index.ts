export { releaseMember } from './release.ts';
export { tidy } from './tidy.ts';
export { wakeDue } from './wake-due.ts';
