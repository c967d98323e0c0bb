export { type DatabaseUrls, freshDatabase, type TestDatabase } from './database.ts';
export { readArchive } from './read-archive.ts';
export { readCsv } from './read-csv.ts';
