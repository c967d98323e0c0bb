'use client';
import { EXPORT_FORMS } from '@secateur/core/exports/schemas';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { Notice } from '@secateur/ui/notice';
import { useTranslations } from 'next-intl';
import { useMay } from '~/tenant/use-may.ts';
import { TakingState } from './taking-state.tsx';
import { useTaking } from './use-taking.ts';

/** Everything that is kept here, as a file. */
export function TakeData() {
  const t = useTranslations('data.take');
  const taking = useTaking();
  const may = useMay()('export');
  return (
    <section aria-labelledby="take-data" className="grid gap-5">
      <h2 id="take-data" className="text-2xl">
        {t('heading')}
      </h2>
      <p>{t('text')}</p>
      {may ? (
        <>
          <Notice tone="warn" title={t('careful')}>
            {t('carefulText')}
          </Notice>
          <p className="text-soft">{t('once')}</p>
          <ul className="grid gap-4">
            {EXPORT_FORMS.map((form) => (
              <li key={form}>
                <Card className="grid gap-3">
                  <h3 className="text-lg">{t(`${form}.title`)}</h3>
                  <p className="text-soft">{t(`${form}.text`)}</p>
                  <div className="flex flex-wrap items-center gap-3">
                    <Button look="quiet" busy={taking.form !== null} onClick={() => taking.begin(form)}>
                      {t(`${form}.submit`)}
                    </Button>
                  </div>
                  {taking.last === form ? <TakingState taking={taking} /> : null}
                </Card>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Notice title={t('notYours')}>{t('notYoursText')}</Notice>
      )}
    </section>
  );
}
