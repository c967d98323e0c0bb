import { useTranslations } from 'next-intl';

/** For the keyboard: past everything that is the same on every page. */
export function SkipLink() {
  const t = useTranslations('app');
  return (
    <a
      href="#content"
      className="absolute top-2 left-2 z-50 -translate-y-24 rounded-control bg-surface px-4 py-2 font-semibold text-ink focus-visible:translate-y-0"
    >
      {t('skip')}
    </a>
  );
}
