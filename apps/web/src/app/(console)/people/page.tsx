import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { AllowedList } from './allowed-list.tsx';
import { BringList } from './bring-list.tsx';
import { TakeList } from './take-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people');
  return { title: t('title') };
}

export default async function People() {
  const t = await getTranslations('people');
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <div className="grid gap-10">
        <AllowedList />
        <BringList />
        <TakeList />
      </div>
    </>
  );
}
