'use client';
import { type Messages, NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { FORMATS } from '~/i18n/formats.ts';

/**
 * Sentences for components in the browser. Dates are only ever shown from answers that the browser fetched, so its own
 * time zone never disagrees with what the server wrote.
 */
export function Intl18n({ messages, children }: { messages: Messages; children: ReactNode }) {
  const onServer = typeof window === 'undefined';
  const timeZone = onServer ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
  // The sentences are English; how English speakers write dates and numbers depends on where they are.
  const locale = onServer ? 'en' : (navigator.languages.find((one) => /^en\b/.test(one)) ?? 'en');
  return (
    <NextIntlClientProvider locale={locale as 'en'} messages={messages} formats={FORMATS} timeZone={timeZone}>
      {children}
    </NextIntlClientProvider>
  );
}
