export { ensureAudience, type Wanted } from './ensure.ts';
export { ensureLook } from './ensure-look.ts';
export { listAudienceJob, lookAgainJob } from './jobs.ts';
export { listAudience } from './list.ts';
export { lookAgain } from './look-again.ts';
export { rememberProfiles } from './profiles.ts';
