import type { ReactNode } from 'react';

type SectionProps = { id: string; heading: ReactNode; intro?: ReactNode; children: ReactNode };

/** A part of a screen under a heading of its own. */
export function Section({ id, heading, intro, children }: SectionProps) {
  return (
    <section aria-labelledby={`${id}-heading`} className="grid gap-4">
      <div className="grid gap-1.5">
        <h2 id={`${id}-heading`} className="text-2xl">
          {heading}
        </h2>
        {intro ? <p className="text-soft">{intro}</p> : null}
      </div>
      {children}
    </section>
  );
}
