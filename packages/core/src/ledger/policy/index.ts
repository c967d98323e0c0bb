export { type Facts, standingOf } from './standing.ts';
export { type Crowd, isWalk, type Way, wayTo } from './way.ts';
