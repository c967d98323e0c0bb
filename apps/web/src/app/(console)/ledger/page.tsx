import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { Ledger } from './ledger.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('ledger');
  return { title: t('title') };
}

type LedgerPageProps = { searchParams: Promise<{ shield?: string | string[] }> };

export default async function LedgerPage({ searchParams }: LedgerPageProps) {
  const t = await getTranslations('ledger');
  const { shield } = await searchParams;
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <Ledger shieldId={typeof shield === 'string' && ID.test(shield) ? shield : null} />
    </>
  );
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
