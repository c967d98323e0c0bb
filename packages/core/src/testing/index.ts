export {
  type Browser,
  beginAt,
  connectByConsent,
  goAndComeBack,
  newBrowser,
  queryFor,
} from './consent.ts';
export { createDrain, type Drain } from './drain.ts';
export { type KeyTexts, makeKeys, readKeys } from './keys.ts';
export { around } from './sources.ts';
export { type Life, type LifeOptions, startLife } from './world.ts';
