import { useTranslations } from 'next-intl';

const STEPS = ['name', 'look', 'raise', 'rest'] as const;

/** The four steps of a shield. */
export function HowItGoes() {
  const t = useTranslations('landing.how');
  return (
    <section aria-labelledby="how" className="mx-auto max-w-6xl px-5 py-14">
      <h2 id="how" className="mb-8 text-3xl">
        {t('heading')}
      </h2>
      <ol className="grid gap-8 sm:grid-cols-2 lg:grid-cols-4">
        {STEPS.map((step, i) => (
          <li key={step} className="grid content-start gap-2 border-brand border-t-4 pt-4">
            <span aria-hidden="true" className="font-semibold text-brand tabular-nums">
              {i + 1}
            </span>
            <h3 className="text-lg">{t(`${step}Title`)}</h3>
            <p className="text-soft">{t(step)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
