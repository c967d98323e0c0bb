export { eventsHead, eventsSince, tenantEvents } from './follow.ts';
export { record } from './record.ts';
export type { EventKind, EventView } from './schemas.ts';
export { mayLearn } from './seen.ts';
