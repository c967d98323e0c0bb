'use client';
import { Button } from '@secateur/ui/button';
import { useTranslations } from 'next-intl';
import { HelpLink } from './help-link.tsx';

/** What a page shows in place of itself when it can't be shown. */
export function Stumble({ id, onAgain }: { id: string | null; onAgain: () => void }) {
  const t = useTranslations('error');
  return (
    <main id="content" className="mx-auto grid w-full max-w-xl gap-5 px-5 py-16">
      <h1 className="text-3xl">{t('heading')}</h1>
      <p>{t('text')}</p>
      {id ? <p className="text-soft">{t('id', { id })}</p> : null}
      <div>
        <Button onClick={onAgain}>{t('again')}</Button>
      </div>
      <p>
        <HelpLink className="text-brand underline" />
      </p>
    </main>
  );
}
