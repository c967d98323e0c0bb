export type StemKind = 'done' | 'waiting' | 'spared' | 'already' | 'failed' | 'over';
export type HedgePart = { kind: StemKind; count: number };

/** Stems of each kind differ in height and filling too, so that nobody has to tell colours apart. */
const FILLINGS: Record<StemKind, string> = {
  done: 'bg-stem-done rounded-t-sm',
  waiting: 'border-2 border-stem-waiting rounded-t-sm',
  spared: 'bg-stem-spared rounded-t-full',
  already:
    'border border-stem-already rounded-t-sm bg-[repeating-linear-gradient(45deg,var(--stem-already)_0_3px,transparent_3px_6px)]',
  failed:
    'border border-stem-failed rounded-t-sm bg-[repeating-linear-gradient(0deg,var(--stem-failed)_0_3px,transparent_3px_6px)]',
  over: 'bg-stem-over rounded-t-sm',
};
const HEIGHTS: Record<StemKind, string> = {
  done: 'h-[48%]',
  waiting: 'h-full',
  spared: 'h-[84%]',
  already: 'h-[48%]',
  failed: 'h-[66%]',
  over: 'h-[18%]',
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

type HedgeProps = {
  parts: readonly HedgePart[];
  /** How many stems there are, and how many where there is little room. */
  size?: number;
  narrow?: number;
  className?: string;
};

/** The crowd as a hedge: what stands tall still waits, what is cut short is done. A picture only; say it in words too. */
export function Hedge({ parts, size = 48, narrow = 32, className = 'h-24' }: HedgeProps) {
  return (
    <div aria-hidden="true" className={`border-edge border-b-2 ${className}`}>
      <Stems parts={parts} size={narrow} className="flex sm:hidden" />
      <Stems parts={parts} size={size} className="hidden sm:flex" />
    </div>
  );
}

function Stems({ parts, size, className }: { parts: readonly HedgePart[]; size: number; className: string }) {
  const stems = shareStems(parts, size).flatMap((part) =>
    Array.from({ length: part.count }, (_, i) => ({ kind: part.kind, key: `${part.kind}-${i}` })),
  );
  return (
    <div className={`h-full items-end gap-[3px] sm:gap-1 ${className}`}>
      {stems.map(({ kind, key }) => (
        <span
          key={key}
          className={`min-w-0 flex-1 duration-500 motion-safe:transition-[height] ${FILLINGS[kind]} ${HEIGHTS[kind]}`}
        />
      ))}
    </div>
  );
}

/** The same filling, as a sign in a legend. */
export function StemSign({ kind }: { kind: StemKind }) {
  return <span aria-hidden="true" className={`block h-5 w-3 shrink-0 ${FILLINGS[kind]}`} />;
}
