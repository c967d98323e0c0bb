import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { Activity } from './activity.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('activity');
  return { title: t('title') };
}

export default async function ActivityPage() {
  const t = await getTranslations('activity');
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <Activity />
    </>
  );
}
