import { newId, Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';

/**
 * Files of one tenant that may be on their way at a time: the document and the archive, say. Each reads everything that the
 * tenant has, and nobody reads three.
 */
const AT_A_TIME = 2;

/** Minutes of real time without a page after which nobody reads on: the process died, or the browser fell asleep. */
const FORGOTTEN = 2;

/** A file that is on its way: it has a row for as long. */
export type Running = {
  /** Says that it goes on, in the transaction that reads a page. Throws when its place was given to somebody else. */
  goOn(tx: Tx): Promise<void>;
  /** Gives its place back. Where the database is away it lapses by itself. */
  end(): Promise<void>;
};

/** Takes a place, in the caller's transaction inside the tenant. Throws the Refusal `export_running` when there is none. */
export async function takePlace(tx: Tx, { prisma, actor: { tenantId } }: MemberContext): Promise<Running> {
  const id = newId();
  // Two who begin at once count one after the other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`secateur export ${tenantId}`}, 0))`;
  await tx.$executeRaw`
    DELETE FROM running_exports WHERE tenant_id = ${tenantId}::uuid
      AND seen_at < clock_timestamp() - make_interval(mins => ${FORGOTTEN}::int)`;
  const count = await tx.$executeRaw`
    INSERT INTO running_exports (tenant_id, id, seen_at)
    SELECT ${tenantId}::uuid, ${id}::uuid, clock_timestamp()
    WHERE (SELECT count(*) FROM running_exports WHERE tenant_id = ${tenantId}::uuid) < ${AT_A_TIME}::int`;
  if (count === 0) throw new Refusal('export_running', { most: AT_A_TIME });
  return {
    async goOn(page) {
      const still = await page.$executeRaw`
        UPDATE running_exports SET seen_at = clock_timestamp() WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
      if (still === 0) throw new Error('nobody read on for so long that the place of this export was given away');
    },
    async end() {
      const gone = (own: Tx) =>
        own.$executeRaw`DELETE FROM running_exports WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
      await withTenant(prisma, tenantId, gone).catch(() => {});
    },
  };
}

/** The same chunks; the place is given back when they end, however they end, and when nobody ever began to read them. */
export function whileRead<T>(running: Running, chunks: AsyncGenerator<T>): AsyncGenerator<T> {
  let ended: Promise<void> | null = null;
  const end = () => {
    ended ??= running.end();
    return ended;
  };
  const passing = async (step: Promise<IteratorResult<T>>) => {
    try {
      const result = await step;
      if (result.done) await end();
      return result;
    } catch (error) {
      await end();
      throw error;
    }
  };
  return {
    next: () => passing(chunks.next()),
    return: (value) => passing(chunks.return(value)),
    throw: (error) => passing(chunks.throw(error)),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => {
      await passing(chunks.return(undefined));
    },
  };
}
