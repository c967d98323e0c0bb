import { buttonLook } from '@secateur/ui/button-look';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PlainPage } from '~/parts/plain-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notFound');
  return { title: t('title') };
}

export default async function NotFound() {
  const t = await getTranslations('notFound');
  return (
    <PlainPage>
      <div className="grid gap-5">
        <h1 className="text-3xl">{t('heading')}</h1>
        <p>{t('text')}</p>
        <div className="flex flex-wrap gap-3">
          <Link href="/shields" className={buttonLook('primary')}>
            {t('shields')}
          </Link>
          <Link href="/" className={buttonLook('quiet')}>
            {t('home')}
          </Link>
        </div>
      </div>
    </PlainPage>
  );
}
