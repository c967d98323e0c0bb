import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { Intl18n } from '~/client/intl.tsx';
import { Providers } from '~/client/providers.tsx';
import { PlainPage } from '~/parts/plain-page.tsx';
import { Receipt } from './receipt.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('receipt');
  return { title: t('title'), referrer: 'no-referrer', robots: { index: false } };
}

/** What became of a deletion, for whoever has the link to it: also when nothing else is left. */
export default async function ReceiptPage() {
  return (
    <PlainPage>
      <Intl18n messages={await getMessages()}>
        <Providers>
          <Receipt />
        </Providers>
      </Intl18n>
    </PlainPage>
  );
}
