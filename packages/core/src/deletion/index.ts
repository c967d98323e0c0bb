export { askDeletion } from './ask.ts';
export { cancelDeletion } from './cancel.ts';
export { eraseTenant } from './erase-tenant.ts';
export { eraseTenantJob } from './jobs.ts';
export { viewReceipt } from './receipt.ts';
export { type News, tellOfDeletions } from './tell.ts';
export { viewDeletion } from './view.ts';
