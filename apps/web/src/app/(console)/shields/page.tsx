import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { ListNews } from './list-news.tsx';
import { NextSteps } from './next-steps.tsx';
import { ShieldLinks } from './shield-links.tsx';
import { ShieldList } from './shield-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shields');
  return { title: t('title') };
}

export default async function Shields() {
  const t = await getTranslations('shields');
  return (
    <>
      <PageHeading title={t('heading')} action={<ShieldLinks />} />
      <ListNews />
      <ShieldList />
      <NextSteps />
    </>
  );
}
