/** One shield's hold on one effect. */
export type Cover = {
  shieldId: string;
  holdSeconds: number | null;
  endsAt: Date | null;
  undoneAt: Date | null;
  /** An order to undo everything: from when, and within how many seconds each is let go. All three or none. */
  liftOrder: string | null;
  liftFrom: Date | null;
  liftSeconds: number | null;
  /** Set when this one target was to end by itself. */
  endedFor: string | null;
  /** Since when it counts, if the effect was there before the shield; else the effect's confirmation. */
  coveredAt: Date | null;
};

export type EndReason = 'time_up' | 'undone' | 'undone_one';

/** The most by which a hold is lengthened, so that a crowd's ends don't fall on one instant. */
const JITTER = 0.05;

/** When a cover ends, and why; null: not before somebody ends it. Under an order to undo everything it ends no later than that. */
export function coverEnd(cover: Cover, profileId: string, confirmedAt: Date): { at: Date; why: EndReason } | null {
  const end = ownEnd(cover, profileId, confirmedAt);
  const ordered = orderedEnd(cover, profileId);
  if (ordered === null) return end;
  return end && end.at <= ordered ? end : { at: ordered, why: 'undone' };
}

/**
 * When an order lets somebody go: the same moment under every shield that it is about, somewhere in its span.
 * `shields/unwind.ts` says the same in SQL.
 */
function orderedEnd({ liftOrder, liftFrom, liftSeconds }: Cover, profileId: string): Date | null {
  if (liftOrder === null || liftFrom === null || liftSeconds === null) return null;
  return new Date(liftFrom.getTime() + Math.floor(liftSeconds * 1000 * spread(profileId, liftOrder)));
}

function ownEnd(cover: Cover, profileId: string, confirmedAt: Date): { at: Date; why: EndReason } | null {
  if (cover.endedFor === 'undone_one') return { at: new Date(0), why: 'undone_one' };
  if (cover.undoneAt) return { at: cover.undoneAt, why: 'undone' };
  if (cover.endsAt) return { at: cover.endsAt, why: 'time_up' };
  if (cover.holdSeconds === null) return null;
  const from = cover.coveredAt ?? confirmedAt;
  const lengthened = cover.holdSeconds * 1000 * (1 + JITTER * spread(profileId, cover.shieldId));
  return { at: new Date(from.getTime() + Math.round(lengthened)), why: 'time_up' };
}

/** What becomes of an applied effect at `now`: kept until `dueAt` (null: no end in sight), or lifted. */
export type Verdict = {
  lift: boolean;
  dueAt: Date | null;
  /** Covers that have ended. When `lift` is true all have; their targets are over once the network confirmed. */
  ended: { shieldId: string; why: EndReason }[];
};

/** The last cover wins: an effect is lifted when the last shield covering it has ended, not before. */
export function judge(covers: Cover[], profileId: string, confirmedAt: Date, now: Date): Verdict {
  const ended: Verdict['ended'] = [];
  let last: Date | null = new Date(0);
  let held = false;
  for (const cover of covers) {
    const end = coverEnd(cover, profileId, confirmedAt);
    if (end && end.at <= now) ended.push({ shieldId: cover.shieldId, why: end.why });
    else {
      held = true;
      last = end === null || last === null ? null : end.at > last ? end.at : last;
    }
  }
  return held ? { lift: false, dueAt: last, ended } : { lift: true, dueAt: null, ended };
}

/** A number in [0, 1) that is always the same for this profile and this shield or order. */
function spread(profileId: string, shieldId: string): number {
  const a = Number.parseInt(profileId.slice(0, 8), 16);
  const b = Number.parseInt(shieldId.slice(-8), 16);
  return ((a ^ b) >>> 0) / 2 ** 32;
}
