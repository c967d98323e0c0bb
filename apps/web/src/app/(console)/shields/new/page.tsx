import type { Metadata } from 'next';
import { connection } from 'next/server';
import { getTranslations } from 'next-intl/server';
import { env } from '~/env.ts';
import { PageHeading } from '~/parts/page-heading.tsx';
import { connectable } from '~/server/oauth/offered.ts';
import { ShieldForm } from './shield-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('newShield');
  return { title: t('title') };
}

export default async function NewShield() {
  await connection();
  const t = await getTranslations('newShield');
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeading title={t('heading')} intro={t('intro')} />
      <ShieldForm demo={env().CLOCK_URL !== undefined} offersX={connectable().includes('x')} />
    </div>
  );
}
