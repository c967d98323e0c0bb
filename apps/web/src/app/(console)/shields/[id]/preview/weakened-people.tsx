'use client';
import type { PreviewView } from '@secateur/core/shields/schemas';
import { useTranslations } from 'next-intl';
import { PersonName } from '~/parts/person-name.tsx';

/** Whom a shield that blocks mutes instead, by rule, and by name once somebody looks. */
export function WeakenedPeople({ view }: { view: PreviewView }) {
  const t = useTranslations();
  const count = view.weakened.reduce((sum, one) => sum + one.count, 0);
  if (count === 0) return null;
  return (
    <section aria-labelledby="weakened" className="grid gap-3">
      <h2 id="weakened" className="text-xl">
        {t('preview.weakenedHeading')}
      </h2>
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {view.weakened.map(({ reason, count: of }) => (
          <li key={reason}>{t('preview.sparedReason', { reason: t(`spared.${reason}`), count: of })}</li>
        ))}
      </ul>
      <details className="rounded-card border border-line bg-surface open:pb-2">
        <summary className="min-h-11 rounded-card px-5 py-2.5 font-semibold text-brand">
          {t('preview.weakenedSummary', { count })}
        </summary>
        <ul className="divide-y divide-line px-5">
          {view.weakenedPeople.map((person) => (
            <li key={person.profileId} className="py-3">
              <PersonName displayName={person.displayName} handle={person.handle} />
              <p className="text-soft text-sm">{t(`spared.${person.reason}`)}</p>
            </li>
          ))}
        </ul>
        {view.weakenedPeople.length < count ? (
          <p className="px-5 py-3 text-soft">{t('preview.sparedMore', { shown: view.weakenedPeople.length, count })}</p>
        ) : null}
      </details>
    </section>
  );
}
