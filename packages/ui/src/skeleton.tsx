/** The shape of what is being fetched, said once in words. */
export function Skeleton({ label, lines = 3 }: { label: string; lines?: number }) {
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, i) => `line-${i}`).map((key, i) => (
        <span
          key={key}
          aria-hidden="true"
          className="block h-5 motion-safe:animate-pulse rounded bg-sunk"
          style={{ width: `${92 - ((i * 17) % 40)}%` }}
        />
      ))}
    </div>
  );
}
