export { createDrain, type Drain } from './drain.ts';
export { type Life, type LifeOptions, startLife } from './world.ts';
