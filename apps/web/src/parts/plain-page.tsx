import type { ReactNode } from 'react';
import { SkipLink } from './skip-link.tsx';
import { Wordmark } from './wordmark.tsx';

/** A page with one thing on it: signing in, and what went wrong. */
export function PlainPage({ children }: { children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className="bg-band">
        <div className="mx-auto max-w-6xl px-5 py-2">
          <Wordmark />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-xl flex-1 px-5 py-10 sm:py-16">
        {children}
      </main>
    </>
  );
}
