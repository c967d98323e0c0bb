import type { Tx } from '@secateur/db';
import type { Rules } from '../exemptions/policy/index.ts';
import { overlap } from './overlap.ts';

export type Estimated = Rules & {
  popularAbove: number;
  tenantId: string;
  action: 'block' | 'mute';
  sources: { kind: 'account' | 'followers' | 'following'; audienceId: string | null; subjectId: string | null }[];
};

/** Effects that a shield would make on one account, by what is known now: listed or announced, less spared and held. */
export async function estimate(tx: Tx, shield: Estimated, accountId: string, now: Date): Promise<number> {
  const { listed, expected } = await crowdSize(tx, shield);
  const { spared, already } = await overlap(tx, shield, accountId, now);
  return Math.max(0, Math.max(listed, expected ?? 0) - spared.length - already);
}

/** How many the crowd has so far, and how many the network says it has (null: not known). */
export async function crowdSize(
  tx: Tx,
  shield: Pick<Estimated, 'sources'>,
): Promise<{ listed: number; expected: number | null; complete: boolean; oldest: Date | null }> {
  const ids = shield.sources.flatMap((s) => s.audienceId ?? []);
  const audiences = await tx.audience.findMany({ where: { id: { in: ids } } });
  const crowd = shield.sources.find((s) => s.kind !== 'account');
  const subject = crowd?.subjectId ? await tx.profile.findUnique({ where: { id: crowd.subjectId } }) : null;
  const complete = ids.length === shield.sources.length && audiences.every((a) => a.state !== 'listing');
  const listed = audiences.reduce((sum, a) => sum + a.size, 0);
  const announced = crowd?.kind === 'following' ? subject?.following : subject?.followers;
  const single = shield.sources.some((s) => s.kind === 'account') ? 1 : 0;
  const expected = crowd === undefined ? single : complete ? listed : announced == null ? null : announced + single;
  const oldest = audiences.reduce<Date | null>((o, a) => (o === null || a.startedAt < o ? a.startedAt : o), null);
  return { listed, expected, complete, oldest };
}
