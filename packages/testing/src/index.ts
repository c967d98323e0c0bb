export { type DatabaseUrls, freshDatabase, type TestDatabase } from './database.ts';
