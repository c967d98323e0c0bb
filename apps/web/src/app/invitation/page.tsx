import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { Intl18n } from '~/client/intl.tsx';
import { Providers } from '~/client/providers.tsx';
import { PlainPage } from '~/parts/plain-page.tsx';
import { auth } from '~/server/sign-in/auth.ts';
import { Offer } from './offer.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('invitation');
  return { title: t('title'), referrer: 'no-referrer', robots: { index: false } };
}

export default async function Invitation() {
  const session = await auth();
  const signedInAs = session?.user?.id ? (session.user.email ?? null) : null;
  return (
    <PlainPage>
      <Intl18n messages={await getMessages()}>
        <Providers>
          <Offer signedIn={session?.user?.id !== undefined} signedInAs={signedInAs} />
        </Providers>
      </Intl18n>
    </PlainPage>
  );
}
