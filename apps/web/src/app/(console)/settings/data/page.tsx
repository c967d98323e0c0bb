import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { DeleteTenant } from './delete-tenant.tsx';
import { TakeData } from './take-data.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('data');
  return { title: t('title') };
}

export default async function Data() {
  const t = await getTranslations('data');
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <div className="grid max-w-3xl gap-12">
        <TakeData />
        <DeleteTenant />
      </div>
    </>
  );
}
