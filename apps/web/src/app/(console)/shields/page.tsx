import { buttonLook } from '@secateur/ui/button-look';
import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { ShieldList } from './shield-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shields');
  return { title: t('title') };
}

export default async function Shields() {
  const t = await getTranslations('shields');
  return (
    <>
      <PageHeading
        title={t('heading')}
        action={
          <Link href="/shields/new" className={buttonLook()}>
            <Plus aria-hidden size={20} />
            {t('new')}
          </Link>
        }
      />
      <ShieldList />
    </>
  );
}
