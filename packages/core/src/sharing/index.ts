export { acceptChanges, freeze } from './decide.ts';
export { endList } from './end-list.ts';
export { fillList } from './fill.ts';
export { fillListJob, syncSubscriptionJob } from './jobs.ts';
export { publish } from './publish.ts';
export { lookAtList, subscribe } from './subscribe.ts';
export { syncSubscription } from './sync.ts';
export { takeOff } from './take-off.ts';
export { listShared } from './view.ts';
