export { cancel, extend, pause, resume, undo, undoTarget } from './control.ts';
export { planShieldJob, preparePreviewJob, unwindShieldJob } from './jobs.ts';
export { planShield } from './plan.ts';
export { discardPreview, preparePreview, startPreview } from './preview.ts';
export { raise } from './raise.ts';
export { unwindShield } from './unwind.ts';
export { getPreview } from './view-preview.ts';
export { getShield, listShields } from './view-shield.ts';
export { listTargets } from './view-targets.ts';
