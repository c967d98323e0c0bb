export { ensureAudience, type Wanted } from './ensure.ts';
export { listAudienceJob } from './jobs.ts';
export { listAudience } from './list.ts';
export { rememberProfiles } from './profiles.ts';
