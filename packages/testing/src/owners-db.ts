import { createDb, type Db, type WholeClient } from '@secateur/db';

/** A database as its owner sees it: every tenant's rows, by no door. For arranging and looking on in tests. */
export type OwnersDb = Omit<Db, 'prisma'> & { prisma: WholeClient };

/** Connects with the owner's URL, on at most `max` connections. */
export function ownersDb(url: string, max = 1): OwnersDb {
  const db = createDb(url, { max });
  return { ...db, prisma: db.prisma as WholeClient };
}
