'use client';
import type { PreviewView } from '@secateur/core/shields/schemas';
import { Notice } from '@secateur/ui/notice';
import { useTranslations } from 'next-intl';
import { useProblem } from '~/client/use-problem.ts';

/** What to know before raising it, beyond the numbers. */
export function Hints({ view }: { view: PreviewView }) {
  const t = useTranslations('preview');
  const problemSentence = useProblem();
  if (view.cost.tooLarge) {
    const { what, next } = problemSentence('crowd_too_large');
    return (
      <Notice tone="danger" live="alert" title={what}>
        <p>{t('tooLarge', { count: view.expected ?? view.listed, most: view.cost.most })}</p>
        <p className="mt-1.5">{next}</p>
      </Notice>
    );
  }
  if (view.state === 'ready' && view.peopleKnown && view.toDo === 0) return <Notice tone="warn">{t('nothing')}</Notice>;
  return null;
}
