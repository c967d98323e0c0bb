import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { Intl18n } from '~/client/intl.tsx';
import { Providers } from '~/client/providers.tsx';
import { PlainPage } from '~/parts/plain-page.tsx';
import { here } from '~/server/sign-in/here.ts';
import { Offer } from './offer.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('invitation');
  return { title: t('title'), referrer: 'no-referrer', robots: { index: false } };
}

export default async function Invitation() {
  const session = await here();
  return (
    <PlainPage>
      <Intl18n messages={await getMessages()}>
        <Providers>
          <Offer signedIn={session !== null} signedInAs={session?.user.email ?? null} />
        </Providers>
      </Intl18n>
    </PlainPage>
  );
}
