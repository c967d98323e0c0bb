import { MINUTE } from '@secateur/base';
import type { Tx } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { lookAgainJob } from './jobs.ts';
import { rhythmOf, WHOLE_EVERY } from './policy/look-again.ts';

type Known = { fresh: boolean; problem: string | null };

/**
 * Whether a crowd is known as it was a short while ago; where it isn't, another look at it is begun, once for all who ask.
 * A crowd that is never looked at again counts as known.
 */
export async function ensureLook(tx: Tx, audienceId: string, now: Date): Promise<Known> {
  const audience = await tx.audience.findUnique({ where: { id: audienceId } });
  const rhythm = audience && rhythmOf(audience.network, audience.kind);
  if (!audience || !rhythm) return { fresh: true, problem: null };
  if (audience.state !== 'complete') return { fresh: false, problem: audience.problem };
  await tx.$executeRaw`
    INSERT INTO looks (audience_id, looked_at, whole_at, known)
    SELECT id, started_at, started_at, size FROM audiences WHERE id = ${audienceId}::uuid
    ON CONFLICT DO NOTHING`;
  const stale = new Date(now.getTime() - rhythm.every);
  const wholeBefore = rhythm.newestFirst ? new Date(now.getTime() - WHOLE_EVERY) : now;
  const begun = await tx.$executeRaw`
    UPDATE looks SET started_at = ${now}, whole = (whole_at <= ${wholeBefore}), cursor = NULL, calls = 0, tries = 0,
           problem = NULL, wake_at = ${new Date(now.getTime() + MINUTE)}
    WHERE audience_id = ${audienceId}::uuid AND started_at IS NULL AND looked_at <= ${stale}`;
  if (begun > 0) await enqueue(tx, lookAgainJob, { audienceId });
  const look = await tx.look.findUniqueOrThrow({ where: { audienceId } });
  return { fresh: look.lookedAt > stale, problem: look.problem };
}
