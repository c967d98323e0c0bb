export { askDeletion } from './ask.ts';
export { cancelDeletion } from './cancel.ts';
export { eraseTenant } from './erase-tenant.ts';
export { eraseTenantJob } from './jobs.ts';
export { type DeletionFacts, deletionFacts } from './news.ts';
export { viewReceipt } from './receipt.ts';
export { viewDeletion } from './view.ts';
