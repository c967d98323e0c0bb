import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { PasskeyList } from './passkey-list.tsx';
import { SessionList } from './session-list.tsx';
import { Ways } from './ways.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('security');
  return { title: t('title') };
}

export default async function Security() {
  const t = await getTranslations('security');
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <div className="grid max-w-3xl gap-10">
        <SessionList />
        <Ways />
        <PasskeyList />
      </div>
    </>
  );
}
