'use client';
import { LIST_FORMS, type ListForm, type PreviewView } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { download } from '~/client/download.ts';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useConfirmed } from '~/step-up/use-confirmed.ts';
import { useMay } from '~/tenant/use-may.ts';

/**
 * The crowd on X as a list for an extension in the member's own browser: for those whose access lets Secateur do less there than
 * they need.
 */
export function TakePrepared({ view }: { view: PreviewView }) {
  const t = useTranslations('preview.prepared');
  const confirmed = useConfirmed();
  const may = useMay();
  const { id, networks, state } = view;
  const take = useMutation({
    mutationFn: (form: ListForm) => confirmed(() => download('/api/files/prepared', { id, form })),
  });
  if (!networks.some(({ network }) => network === 'x') || !may('export')) return null;
  return (
    <section aria-labelledby="prepared" className="grid gap-3">
      <h2 id="prepared" className="text-xl">
        {t('heading')}
      </h2>
      <p>{t('text')}</p>
      <p>{t('theirs')}</p>
      {state === 'ready' ? (
        <ul className="flex flex-wrap gap-3">
          {LIST_FORMS.map((form) => (
            <li key={form}>
              <Button look="quiet" busy={take.isPending} onClick={() => take.mutate(form)}>
                {t(`forms.${form}`)}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-soft">{t('notYet')}</p>
      )}
      {take.error ? <TroubleNotice error={take.error} /> : null}
      <p role="status" className="font-semibold text-good empty:hidden">
        {take.isSuccess ? t('done') : null}
      </p>
    </section>
  );
}
