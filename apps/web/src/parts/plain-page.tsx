import type { ReactNode } from 'react';
import { HelpLink } from './help-link.tsx';
import { SkipLink } from './skip-link.tsx';
import { Wordmark } from './wordmark.tsx';

/** A page with one thing on it: signing in, and what went wrong. */
export function PlainPage({ children }: { children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className="bg-band">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-6 px-5 py-2 text-on-band">
          <Wordmark />
          <HelpLink className="font-medium" />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-xl flex-1 px-5 py-10 sm:py-16">
        {children}
      </main>
    </>
  );
}
