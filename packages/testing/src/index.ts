export { type DatabaseUrls, freshDatabase, type TestDatabase } from './database.ts';
export { type OwnersDb, ownersDb } from './owners-db.ts';
export { readArchive } from './read-archive.ts';
export { readCsv } from './read-csv.ts';
