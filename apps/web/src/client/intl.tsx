'use client';
import { type Messages, NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { FORMATS } from '~/i18n/formats.ts';

/**
 * Sentences for components in the browser. Dates are only ever shown from answers that the browser fetched, so its own
 * time zone never disagrees with what the server wrote.
 */
export function Intl18n({ messages, children }: { messages: Messages; children: ReactNode }) {
  const timeZone = typeof window === 'undefined' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <NextIntlClientProvider locale="en" messages={messages} formats={FORMATS} timeZone={timeZone}>
      {children}
    </NextIntlClientProvider>
  );
}
