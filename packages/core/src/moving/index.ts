export { moveConnection } from './move.ts';
export { leaveThere, moveHere } from './move-here.ts';
