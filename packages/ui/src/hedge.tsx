export type StemKind = 'done' | 'waiting' | 'spared' | 'already' | 'failed' | 'over';
export type HedgePart = { kind: StemKind; count: number };

/** Stems of each kind differ in height and filling too, so that nobody has to tell colours apart. */
const STEMS: Record<StemKind, string> = {
  done: 'h-[46%] bg-stem-done',
  waiting: 'h-full border-2 border-stem-waiting bg-transparent',
  spared: 'h-[82%] bg-stem-spared rounded-t-full',
  already:
    'h-[46%] bg-[repeating-linear-gradient(45deg,var(--stem-already)_0_3px,transparent_3px_6px)] border border-stem-already',
  failed:
    'h-[64%] bg-[repeating-linear-gradient(0deg,var(--stem-failed)_0_4px,transparent_4px_7px)] border border-stem-failed',
  over: 'h-[20%] bg-stem-over',
};

/** `size` stems shared among the parts by largest remainder; a part with anything in it gets one at least. */
export function shareStems(parts: readonly HedgePart[], size: number): HedgePart[] {
  const there = parts.filter((part) => part.count > 0);
  const total = there.reduce((sum, part) => sum + part.count, 0);
  if (total === 0) return [];
  const exact = there.map((part) => (part.count / total) * size);
  const stems = exact.map((share) => Math.max(1, Math.floor(share)));
  for (let left = size - stems.reduce((sum, n) => sum + n, 0); left !== 0; left -= Math.sign(left)) {
    const gaps = exact.map((share, i) => (share - (stems[i] ?? 0)) * Math.sign(left));
    const most = gaps.reduce((best, gap, i) => {
      const allowed = left > 0 || (stems[i] ?? 0) > 1;
      return allowed && (best < 0 || gap > (gaps[best] ?? 0)) ? i : best;
    }, -1);
    if (most < 0) break;
    stems[most] = (stems[most] ?? 0) + Math.sign(left);
  }
  return there.map((part, i) => ({ kind: part.kind, count: stems[i] ?? 0 }));
}

/** The crowd as a hedge: what stands tall still waits, what is cut short is done. A picture only; say it in words too. */
export function Hedge({ parts, size = 48 }: { parts: readonly HedgePart[]; size?: number }) {
  const stems = shareStems(parts, size).flatMap((part) =>
    Array.from({ length: part.count }, (_, i) => ({ kind: part.kind, key: `${part.kind}-${i}` })),
  );
  return (
    <div aria-hidden="true" className="flex h-24 items-end gap-[2px] border-edge border-b-2 sm:gap-1">
      {stems.map((stem) => (
        <span
          key={stem.key}
          className={`min-w-0 flex-1 rounded-t-sm motion-safe:transition-[height] duration-500 ${STEMS[stem.kind]}`}
        />
      ))}
    </div>
  );
}

/** The same filling, as a sign in a legend. */
export function StemSign({ kind }: { kind: StemKind }) {
  return (
    <span aria-hidden="true" className="flex h-5 w-2.5 shrink-0 items-end">
      <span className={`w-full rounded-t-sm ${STEMS[kind]}`} />
    </span>
  );
}
