'use client';
import './globals.css';
import { Intl18n } from '~/client/intl.tsx';
import { Stumble } from '~/parts/stumble.tsx';
import messages from '../../messages/en.json' with { type: 'json' };

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** In place of the whole page, when its frame fails. */
export default function GlobalError({ error, reset }: ErrorPageProps) {
  return (
    <html lang="en">
      <body>
        <Intl18n messages={messages}>
          <Stumble id={error.digest ?? null} onAgain={reset} />
        </Intl18n>
      </body>
    </html>
  );
}
