export type { AuditAnchor, Trail } from './anchor.ts';
export { type ChainedRow, type Link, lineOf, macOf, NOTHING } from './chain.ts';
export { type Closed, closeTrail } from './close.ts';
export { type Erasure, eraseFromTrail } from './erase.ts';
export { exportTrail, type TrailFile } from './export.ts';
export { fileAnchor } from './file-anchor.ts';
export { type Finding, sentenceOf } from './finding.ts';
export { readTrail } from './read.ts';
export { type Verified, verifyTrail } from './verify.ts';
