import type { ReactNode } from 'react';

type PageHeadingProps = { title: ReactNode; intro?: ReactNode; action?: ReactNode };

/** The heading of a screen, a sentence below it and the one thing to do there. */
export function PageHeading({ title, intro, action }: PageHeadingProps) {
  return (
    <div className="mb-7 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="grid max-w-2xl gap-2">
        <h1 className="text-3xl wrap-break-word sm:text-4xl">{title}</h1>
        {intro ? <p className="text-soft">{intro}</p> : null}
      </div>
      {action}
    </div>
  );
}
