import type { Context } from '../context/index.ts';
import { patternOf } from './find.ts';

/** Milliseconds after which a name that half the network has is given up; it is found along the shields then. */
const LONGEST = 250;
/** What PostgreSQL says when a statement took too long. */
const TOO_LONG = '57014';

/**
 * Everybody whose handle or display name has this in it; null when they are more than `most`. Asked outside the tenant:
 * profiles are shared, and say nothing of who asks.
 */
export async function findNames({ prisma }: Context, term: string, most: number): Promise<string[] | null> {
  const pattern = patternOf(term) ?? '';
  try {
    return await prisma.$transaction(async (tx) => {
      await tx.$queryRaw`
        SELECT set_config('statement_timeout', ${String(LONGEST)}, true), set_config('enable_seqscan', 'off', true)`;
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM profiles WHERE handle ILIKE ${pattern} OR display_name ILIKE ${pattern} LIMIT ${most + 1}::int`;
      return rows.length > most ? null : rows.map(({ id }) => id);
    });
  } catch (error) {
    if (JSON.stringify(error).includes(TOO_LONG)) return null;
    throw error;
  }
}
