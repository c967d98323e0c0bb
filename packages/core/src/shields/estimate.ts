import type { Tx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { type Crowd, counts, crowdsOf, type Source } from './crowds.ts';
import { overlap } from './overlap.ts';
import { atMost, mayOverlap } from './policy/index.ts';
import type { RuledShield } from './ruled.ts';

export type Estimated = RuledShield & {
  tenantId: string;
  action: 'block' | 'mute';
  threshold: number;
  sources: Source[];
};

/** Effects that a shield would make on one account, by what is known now: listed or announced, less spared and held. */
export async function estimate(
  tx: Tx,
  shield: Estimated,
  account: { accountId: string; network: NetworkName },
  now: Date,
): Promise<number> {
  const crowds = await crowdsOf(tx, shield.tenantId, shield.sources);
  const { soFar, atMost: most } = meantOn(crowds, shield, account.network);
  const { spared, already } = await overlap(tx, shield, account, now);
  return Math.max(0, Math.max(soFar, most ?? 0) - spared.length - already);
}

/** Who is meant: so many so far, and at most so many in the end; null where nobody says how large a crowd is. */
export type Meant = { soFar: number; atMost: number | null; exact: boolean };

/**
 * Who is meant on one network, before anybody is spared. One crowd means all of its members; of several it is counted as they
 * come in (`countPreview`), and known exactly once all are listed and counted.
 */
export function meantOn(
  crowds: Crowd[],
  shield: Pick<Estimated, 'sources' | 'threshold'>,
  network: NetworkName,
): Meant {
  const sources = shield.sources.filter((s) => s.network === network && s.problem === null);
  const here = crowds.filter((c) => c.source.network === network && c.source.problem === null);
  const named = sources.filter((s) => !counts(s)).length;
  const joining = sources.filter(counts);
  const [only] = joining;
  if (!only) return { soFar: named, atMost: named, exact: here.length === named };
  const crowdOf = (source: Source) => here.find((c) => c.source === source);
  const complete = here.length === sources.length && here.every((c) => c.complete);
  if (!mayOverlap(sources) && shield.threshold === 1) {
    const crowd = crowdOf(only);
    const expected = crowd ? crowd.expected : only.claimed;
    const most = expected === null ? null : expected + named;
    return { soFar: (crowd?.size ?? 0) + named, atMost: most, exact: complete };
  }
  const listed = here.reduce((sum, c) => sum + c.size, 0);
  const soFar = Math.min(listed, named + joining.reduce((sum, s) => sum + s.meant, 0));
  if (complete && here.every((c) => c.source.plannedTo === c.size)) return { soFar, atMost: soFar, exact: true };
  const sizes = joining.map((s) => crowdOf(s)?.expected ?? s.claimed);
  const known = sizes.flatMap((size) => size ?? []);
  const most = known.length < sizes.length ? null : Math.max(soFar, named + atMost(known, shield.threshold));
  return { soFar, atMost: most, exact: false };
}

/** How far the crowds of all networks are listed together, and how many the networks say there are. */
export function sizeOf(crowds: Crowd[], sources: Source[]): { listed: number; expected: number | null } {
  const sizes = sources.map((source) => crowds.find((c) => c.source === source)?.expected ?? source.claimed);
  return {
    listed: crowds.reduce((sum, c) => sum + c.size, 0),
    expected: sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0),
  };
}
