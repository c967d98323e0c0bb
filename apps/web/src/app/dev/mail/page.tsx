import { Card } from '@secateur/ui/card';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { deps } from '~/deps.ts';
import { PlainPage } from '~/parts/plain-page.tsx';

export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('mail.box');
  return { title: t('title'), robots: { index: false } };
}

const LINK = /https?:\/\/\S+/;

export default async function DevMail() {
  const mails = deps().mailer.shown();
  if (!mails) notFound();
  const t = await getTranslations('mail.box');
  return (
    <PlainPage>
      <div className="grid gap-5">
        <h1 className="text-3xl">{t('heading')}</h1>
        <p className="text-soft">{t('intro')}</p>
        {mails.length === 0 ? <p>{t('empty')}</p> : null}
        {mails.map((mail) => {
          const link = LINK.exec(mail.text)?.[0];
          return (
            <Card key={mail.id}>
              <article className="grid gap-3">
                <h2 className="text-lg">{mail.subject}</h2>
                <p className="text-soft wrap-anywhere">{t('to', { to: mail.to })}</p>
                <p className="whitespace-pre-line wrap-anywhere">{mail.text}</p>
                {link ? (
                  <p>
                    <a href={link} className="font-semibold text-brand underline underline-offset-4">
                      {t('open')}
                    </a>
                  </p>
                ) : null}
              </article>
            </Card>
          );
        })}
      </div>
    </PlainPage>
  );
}
