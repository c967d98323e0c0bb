import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { connectable } from '~/server/oauth/offered.ts';
import { CapForm } from './cap-form.tsx';
import { ThisMonth } from './this-month.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('spending');
  return { title: t('title') };
}

export default async function Spending() {
  await connection();
  if (!connectable().includes('x')) notFound();
  const t = await getTranslations('spending');
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <div className="grid max-w-3xl gap-8">
        <ThisMonth />
        <CapForm />
      </div>
    </>
  );
}
