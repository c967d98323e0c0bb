import type { Metadata } from 'next';
import { connection } from 'next/server';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { opensDoor } from '~/server/oauth/offered.ts';
import { PasskeyList } from './passkey-list.tsx';
import { SessionList } from './session-list.tsx';
import { Ways } from './ways.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('security');
  return { title: t('title') };
}

export default async function Security() {
  await connection();
  const t = await getTranslations('security');
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <div className="grid max-w-3xl gap-10">
        <SessionList />
        <Ways networks={opensDoor()} />
        <PasskeyList />
      </div>
    </>
  );
}
