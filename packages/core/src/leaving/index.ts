export { disconnect, letGo } from './disconnect.ts';
export { drainConnection } from './drain.ts';
export { drainConnectionJob } from './jobs.ts';
export { remaining } from './let-go.ts';
