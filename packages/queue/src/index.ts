export { type Catalogue, defineCatalogue } from './catalogue.ts';
export { type EnqueueOptions, type EnqueueTx, enqueue, enqueueMany } from './enqueue.ts';
export { type Binding, bind, type Handler, type Handlers, handlers, type Run } from './handler.ts';
export { type AnyJob, defineJob, type JobDefinition } from './job.ts';
export { LANES, type Lane } from './lane.ts';
export { done, drop, type Outcome, snooze } from './outcome.ts';
