import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { Intl18n } from '~/client/intl.tsx';
import { Providers } from '~/client/providers.tsx';
import { PlainPage } from '~/parts/plain-page.tsx';
import { Appeal } from './appeal.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('appeal');
  return { title: t('title'), referrer: 'no-referrer' };
}

/** Where somebody writes who was caught by mistake. It knows nothing of who opens it. */
export default async function AppealPage() {
  return (
    <PlainPage>
      <Intl18n messages={await getMessages()}>
        <Providers>
          <Appeal />
        </Providers>
      </Intl18n>
    </PlainPage>
  );
}
