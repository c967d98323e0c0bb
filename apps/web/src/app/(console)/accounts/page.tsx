import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { AccountList } from './account-list.tsx';
import { AppPasswordHelp } from './app-password-help.tsx';
import { ConnectForm } from './connect-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('accounts');
  return { title: t('title') };
}

export default async function Accounts() {
  const t = await getTranslations('accounts');
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <div className="grid items-start gap-8 lg:grid-cols-[3fr_2fr]">
        <div className="grid gap-8">
          <AccountList />
          <ConnectForm />
        </div>
        <AppPasswordHelp />
      </div>
    </>
  );
}
