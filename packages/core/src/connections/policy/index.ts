export { type Lasting, NOTICE, nextTending, type Tending, tendingNow } from './tending.ts';
