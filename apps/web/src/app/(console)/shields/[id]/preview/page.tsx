import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { Preview } from './preview.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('preview');
  return { title: t('title') };
}

export default async function PreviewPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const t = await getTranslations('preview');
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeading title={t('heading')} intro={t('intro')} />
      <Preview id={id} />
    </div>
  );
}
