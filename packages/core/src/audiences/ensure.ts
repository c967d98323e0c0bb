import { DAY, MINUTE, newId } from '@secateur/base';
import type { Tx } from '@secateur/db';
import type { CrowdKind, NetworkName } from '@secateur/networks/port';
import { enqueue } from '@secateur/queue';
import { listAudienceJob } from './jobs.ts';

/** An audience may be reused for a day: a crowd changes slowly against the weeks that a shield holds. */
const FRESH = DAY;

/** `subjectRef` is what the network calls a post or a list; null for an account, whose profile says it. */
export type Wanted = {
  network: NetworkName;
  kind: 'account' | CrowdKind;
  subjectId: string;
  subjectRef: string | null;
};

/**
 * The crowd of a public source: one listed in the last day if there is one, else a new one that is listed from now on.
 * Which of the two it was is nobody's business: it would tell that somebody else asked.
 */
export async function ensureAudience(tx: Tx, wanted: Wanted, now: Date): Promise<string> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`audience:${wanted.subjectId}:${wanted.kind}`}, 0))`;
  const fresh = await tx.audience.findFirst({
    where: {
      subjectId: wanted.subjectId,
      kind: wanted.kind,
      startedAt: { gt: new Date(now.getTime() - FRESH) },
      state: { not: 'failed' },
    },
    orderBy: { startedAt: 'desc' },
    select: { id: true },
  });
  if (fresh) return fresh.id;
  const id = newId();
  const single = wanted.kind === 'account';
  await tx.audience.create({
    data: {
      id,
      ...wanted,
      state: single ? 'complete' : 'listing',
      size: single ? 1 : 0,
      listedSize: single ? 1 : null,
      startedAt: now,
      completedAt: single ? now : null,
      wakeAt: single ? null : new Date(now.getTime() + MINUTE),
    },
  });
  if (single) await tx.audienceMember.create({ data: { audienceId: id, profileId: wanted.subjectId, seq: 0 } });
  else await enqueue(tx, listAudienceJob, { audienceId: id });
  return id;
}
