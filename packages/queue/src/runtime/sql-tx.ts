import type pg from 'pg';
import type { EnqueueTx } from '../enqueue.ts';

/** A node-postgres connection inside a transaction, with the face of Prisma's. */
export function sqlTx(client: pg.ClientBase | pg.Pool): EnqueueTx {
  return {
    async $executeRaw(query, ...values) {
      const text = query.reduce((before, part, at) => `${before}$${at}${part}`);
      const { rowCount } = await client.query(text, values);
      return rowCount ?? 0;
    },
  };
}
