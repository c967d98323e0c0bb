export { addUpload } from './add.ts';
export { readUploadJob } from './jobs.ts';
export { readUpload } from './read.ts';
export { type Seen, seeCrowd } from './see.ts';
export { getUpload, requireTheirs } from './view.ts';
