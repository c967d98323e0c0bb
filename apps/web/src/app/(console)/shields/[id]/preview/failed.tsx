'use client';
import type { PreviewView } from '@secateur/core/shields/schemas';
import { Notice } from '@secateur/ui/notice';
import { useTranslations } from 'next-intl';
import { useProblem } from '~/client/use-problem.ts';
import { PersonName } from '~/parts/person-name.tsx';

/** Why there is nothing to raise, and what to do instead. */
export function Failed({ view }: { view: PreviewView }) {
  const t = useTranslations('preview');
  const problemSentence = useProblem();
  const { problem, cost, sources } = view;
  const { subject, query } = sources.find((source) => source.problem !== null) ?? view;
  const { what, next } = problemSentence(problem ?? '');
  return (
    <>
      <p className="text-xl wrap-anywhere">
        {subject ? <PersonName displayName={subject.displayName} handle={subject.handle} /> : query}
        {subject?.followers ? (
          <span className="text-soft"> · {t('followers', { count: subject.followers })}</span>
        ) : null}
      </p>
      <Notice tone="danger" live="alert" title={what}>
        {cost.tooLarge && subject?.followers ? (
          <p className="mb-1.5">{t('tooLarge', { count: subject.followers, most: cost.most })}</p>
        ) : null}
        {next}
      </Notice>
    </>
  );
}
