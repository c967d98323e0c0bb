export { backoff } from './backoff.ts';
export { type Bare, bare, bareError } from './bare.ts';
export { type Clock, DAY, HOUR, heldClock, MINUTE, SECOND, shiftedClock, systemClock } from './clock.ts';
export { PROBLEMS, type Problem, problemOf, Refusal } from './errors.ts';
export { followClock } from './follow-clock.ts';
export { Html, html, nothing } from './html.ts';
export { newId, profileId } from './ids.ts';
export { logOptions } from './log-options.ts';
