/** The administrator's connection address. Throws when it is not set. */
export function databaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('Set DATABASE_URL to the address of the database, as a role that may change it.');
  return url;
}
