export { bindJobs } from './bindings.ts';
export { catalogue } from './jobs.ts';
