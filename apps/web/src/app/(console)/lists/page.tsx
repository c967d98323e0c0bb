import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { Lists } from './lists.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lists');
  return { title: t('title') };
}

export default async function ListsPage() {
  const t = await getTranslations('lists');
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <Lists />
    </>
  );
}
