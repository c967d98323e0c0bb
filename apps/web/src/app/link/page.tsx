import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { Intl18n } from '~/client/intl.tsx';
import { Providers } from '~/client/providers.tsx';
import { PlainPage } from '~/parts/plain-page.tsx';
import { Follow } from './follow.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('link');
  return { title: t('title'), referrer: 'no-referrer', robots: { index: false } };
}

/** Where the links in our mails lead: says what one would do, and does it when it is pressed. */
export default async function LinkPage() {
  return (
    <PlainPage>
      <Intl18n messages={await getMessages()}>
        <Providers>
          <Follow />
        </Providers>
      </Intl18n>
    </PlainPage>
  );
}
