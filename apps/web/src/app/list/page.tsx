import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { Intl18n } from '~/client/intl.tsx';
import { Providers } from '~/client/providers.tsx';
import { PlainPage } from '~/parts/plain-page.tsx';
import { here } from '~/server/sign-in/here.ts';
import { ListOffer } from './list-offer.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lists.offer');
  return { title: t('title'), referrer: 'no-referrer', robots: { index: false, follow: false } };
}

export default async function SharedListPage() {
  const session = await here();
  return (
    <PlainPage>
      <Intl18n messages={await getMessages()}>
        <Providers>
          <ListOffer signedIn={session !== null} />
        </Providers>
      </Intl18n>
    </PlainPage>
  );
}
