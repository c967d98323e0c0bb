import { useTranslations } from 'next-intl';

const PROMISES = ['undo', 'spared', 'confirmed', 'sealed'] as const;

/** What Secateur holds itself to. */
export function Promises() {
  const t = useTranslations('landing.promise');
  return (
    <section aria-labelledby="promise" className="border-line border-y bg-surface">
      <div className="mx-auto grid max-w-6xl gap-8 px-5 py-14 lg:grid-cols-[1fr_2fr] lg:gap-16">
        <h2 id="promise" className="text-3xl">
          {t('heading')}
        </h2>
        <dl className="grid gap-x-12 gap-y-8 sm:grid-cols-2">
          {PROMISES.map((promise) => (
            <div key={promise} className="grid content-start gap-1.5">
              <dt className="font-semibold text-lg">{t(`${promise}Title`)}</dt>
              <dd className="text-soft">{t(promise)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
