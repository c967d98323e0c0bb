import { useTranslations } from 'next-intl';

/** What an app password is, where it is made and what it allows. */
export function AppPasswordHelp() {
  const t = useTranslations('accounts.what');
  return (
    <aside aria-labelledby="what" className="grid gap-3 rounded-card bg-wash p-5 sm:p-6">
      <h2 id="what" className="text-xl">
        {t('heading')}
      </h2>
      <p>{t('text')}</p>
      <p>{t('where')}</p>
      <p>{t('rights')}</p>
      <p>{t('sealed')}</p>
    </aside>
  );
}
