import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { deps } from '~/deps.ts';
import { PlainPage } from '~/parts/plain-page.tsx';
import { safePath } from '~/server/sign-in/safe-path.ts';
import { GoOn } from './go-on.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('checkMail');
  return { title: t('title') };
}

export default async function CheckMail({ searchParams }: { searchParams: Promise<{ back?: string }> }) {
  const { back } = await searchParams;
  const t = await getTranslations('checkMail');
  return (
    <PlainPage>
      <div className="grid gap-5">
        <h1 className="text-3xl">{t('heading')}</h1>
        <p>{t('text')}</p>
        <p className="text-soft">{t('waiting')}</p>
        <GoOn to={safePath(back)} />
        {deps().mailer.shown() ? (
          <p>
            {t('shown')}{' '}
            <Link href="/dev/mail" className="font-semibold text-brand underline underline-offset-4">
              {t('open')}
            </Link>
          </p>
        ) : null}
        <p>
          <Link href="/sign-in" className="text-brand underline underline-offset-4">
            {t('again')}
          </Link>
        </p>
      </div>
    </PlainPage>
  );
}
