import { Mark } from '@secateur/ui/mark';
import Link from 'next/link';
import { useTranslations } from 'next-intl';

/** The name, which leads to the start page. */
export function Wordmark() {
  const t = useTranslations('app');
  return (
    <Link
      href="/"
      aria-label={t('home')}
      className="inline-flex min-h-11 items-center gap-2.5 font-bold text-lg text-on-band tracking-tight"
    >
      <Mark />
      {t('name')}
    </Link>
  );
}
