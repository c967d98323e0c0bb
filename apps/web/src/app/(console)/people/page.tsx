import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { AllowedList } from './allowed-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people');
  return { title: t('title') };
}

export default async function People() {
  const t = await getTranslations('people');
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <AllowedList />
    </>
  );
}
