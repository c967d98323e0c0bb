import { useTranslations } from 'next-intl';
import { HelpLink } from '~/parts/help-link.tsx';

const LIMITS = ['watched', 'law', 'public', 'emergency'] as const;

/** What somebody should know before they trust us with anything. */
export function BeforeYouBegin() {
  const t = useTranslations('signIn.limits');
  return (
    <section aria-labelledby="limits" className="mt-4 grid gap-3 border-line border-t pt-6">
      <h2 id="limits" className="text-lg">
        {t('heading')}
      </h2>
      <ul className="grid list-disc gap-2 pl-5 text-soft">
        {LIMITS.map((one) => (
          <li key={one}>{t(one)}</li>
        ))}
      </ul>
      <p>
        <HelpLink className="font-semibold text-brand underline" />
      </p>
    </section>
  );
}
