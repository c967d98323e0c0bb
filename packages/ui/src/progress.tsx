type ProgressProps = {
  /** Names what is going on. */
  label: string;
  /** Said in place of the bare number. */
  text: string;
  value: number;
  /** Null where nobody knows: the bar then only shows that work goes on. */
  max: number | null;
};

/** How far something has come. */
export function Progress({ label, text, value, max }: ProgressProps) {
  const known = max !== null && max > 0;
  const share = known ? Math.min(100, (value / max) * 100) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuetext={text}
      aria-valuemin={known ? 0 : undefined}
      aria-valuemax={known ? max : undefined}
      aria-valuenow={known ? Math.min(value, max) : undefined}
      className="h-3 overflow-hidden rounded-full border border-edge bg-sunk"
    >
      {known ? (
        <div className="h-full bg-brand motion-safe:transition-[width] duration-500" style={{ width: `${share}%` }} />
      ) : (
        <div className="h-full w-1/3 motion-safe:animate-[drift_1.6s_ease-in-out_infinite_alternate] bg-brand" />
      )}
    </div>
  );
}
