import type { Metadata } from 'next';
import { connection } from 'next/server';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { connectable } from '~/server/oauth/offered.ts';
import { AccountList } from './account-list.tsx';
import { ConnectHelp } from './connect-help.tsx';
import { ConsentForm } from './consent-form.tsx';
import { Told } from './told.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('accounts');
  return { title: t('title') };
}

export default async function Accounts({ searchParams }: { searchParams: Promise<{ told?: string }> }) {
  await connection();
  const { told } = await searchParams;
  const t = await getTranslations('accounts');
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <div className="grid items-start gap-8 lg:grid-cols-[3fr_2fr]">
        <div className="grid gap-8">
          {told ? <Told problem={told} /> : null}
          <AccountList />
          <ConsentForm networks={connectable()} />
        </div>
        <ConnectHelp />
      </div>
    </>
  );
}
