import { useTranslations } from 'next-intl';

/** What somebody allows by connecting an account, one way or the other. */
export function ConnectHelp() {
  const t = useTranslations('accounts.what');
  return (
    <aside aria-labelledby="what" className="grid gap-3 rounded-card bg-wash p-5 sm:p-6">
      <h2 id="what" className="text-xl">
        {t('heading')}
      </h2>
      <p>{t('consent')}</p>
      <p>{t('lasts')}</p>
      <p>{t('rights')}</p>
      <p>{t('sealed')}</p>
    </aside>
  );
}
