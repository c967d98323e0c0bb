import { useTranslations } from 'next-intl';

/** To the page that helps anybody. No Link: that page is one file and knows nothing of the rest. */
export function HelpLink({ className }: { className?: string }) {
  const t = useTranslations('nav');
  return (
    <a
      href="/help"
      className={`inline-flex min-h-11 items-center underline-offset-8 hover:underline ${className ?? ''}`}
    >
      {t('help')}
    </a>
  );
}
