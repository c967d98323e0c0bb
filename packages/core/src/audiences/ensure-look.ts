import { MINUTE } from '@secateur/base';
import type { Tx } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { lookAgainJob } from './jobs.ts';
import { rhythmOf, WHOLE_EVERY } from './policy/look-again.ts';

type Known = { fresh: boolean; gaveUp: boolean; problem: string | null };

/**
 * Whether a crowd was looked at from `askedAt` on. Where it wasn't, a look begins, once the one under way is over: that one may have
 * passed by where somebody came since. So whoever asks gets what they would get alone, and one look answers all who waited for it.
 * One that was given up begins anew for who asks anew. A crowd that is never looked at again counts as known.
 */
export async function ensureLook(tx: Tx, audienceId: string, askedAt: Date, now: Date): Promise<Known> {
  const audience = await tx.audience.findUnique({ where: { id: audienceId } });
  const rhythm = audience && rhythmOf(audience.network, audience.kind);
  if (!audience || !rhythm) return { fresh: true, gaveUp: false, problem: null };
  if (audience.state !== 'complete') return { fresh: false, gaveUp: false, problem: audience.problem };
  await tx.$executeRaw`
    INSERT INTO looks (audience_id, looked_at, whole_at, known)
    SELECT id, started_at, started_at, size FROM audiences WHERE id = ${audienceId}::uuid
    ON CONFLICT DO NOTHING`;
  const wholeBefore = rhythm.newestFirst ? new Date(now.getTime() - WHOLE_EVERY) : now;
  const begun = await tx.$executeRaw`
    UPDATE looks SET started_at = ${now}, whole = (whole_at <= ${wholeBefore}), cursor = NULL, calls = 0, tries = 0,
           problem = NULL, wake_at = ${new Date(now.getTime() + MINUTE)}
    WHERE audience_id = ${audienceId}::uuid AND started_at IS NULL AND looked_at < ${askedAt}
      AND (problem IS NULL OR ${askedAt >= now}::boolean)`;
  if (begun > 0) await enqueue(tx, lookAgainJob, { audienceId });
  const look = await tx.look.findUniqueOrThrow({ where: { audienceId } });
  const fresh = look.lookedAt >= askedAt;
  return { fresh, gaveUp: !fresh && look.startedAt === null, problem: fresh ? null : look.problem };
}
