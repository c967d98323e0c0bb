'use client';
import { Intl18n } from '~/client/intl.tsx';
import { Stumble } from '~/parts/stumble.tsx';
import messages from '../../messages/en.json' with { type: 'json' };

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** Whatever failed may have been the sentences' own provider, so they are brought along. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <Intl18n messages={messages}>
      <Stumble id={error.digest ?? null} onAgain={reset} />
    </Intl18n>
  );
}
