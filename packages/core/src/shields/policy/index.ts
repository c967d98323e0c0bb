export { atMost } from './at-most.ts';
export { finishesAt, liftSpan, type Pace } from './forecast.ts';
export { DEFAULT_HOLD, DEMO_HOLDS, HOLD_NAMES, HOLDS, type Hold } from './holds.ts';
export { mayOverlap } from './may-overlap.ts';
export { OFFERS, type Taken, USUAL } from './offers.ts';
export { outcomeOf } from './outcome.ts';
export { type Recognised, recognise } from './recognise.ts';
export { LONGEST_RENEWAL, renewalOf } from './renewal.ts';
export { highestThreshold } from './threshold.ts';
