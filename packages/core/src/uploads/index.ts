export { addUpload } from './add.ts';
export { readUploadJob } from './jobs.ts';
export { readUpload } from './read.ts';
export { getUpload, requireTheirs } from './view.ts';
