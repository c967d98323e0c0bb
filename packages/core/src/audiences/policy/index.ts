export { type Rhythm, rhythmOf, WHOLE_EVERY } from './look-again.ts';
