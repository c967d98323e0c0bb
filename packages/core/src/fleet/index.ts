export { releaseMember } from './release.ts';
export { wakeDue } from './wake-due.ts';
