'use client';
import { Button } from '@secateur/ui/button';
import { Notice, type NoticeTone } from '@secateur/ui/notice';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Trouble, troubleOf } from './trouble.ts';
import { useProblem } from './use-problem.ts';

type TroubleNoticeProps = { error: unknown; onRetry?: () => void; actions?: ReactNode };

/** What went wrong, and what to do next. An expired session is told once, above everything. */
export function TroubleNotice({ error, onRetry, actions }: TroubleNoticeProps) {
  const t = useTranslations();
  const sentences = useSentences();
  const trouble = troubleOf(error);
  if (trouble.kind === 'problem' && trouble.problem === 'not_signed_in') return null;
  const { what, next } = sentences(trouble);
  const retry = onRetry ? (
    <Button look="quiet" size="small" onClick={onRetry}>
      {t('common.tryAgain')}
    </Button>
  ) : null;
  return (
    <Notice tone={toneOf(trouble)} live="alert" title={what} actions={trouble.kind === 'problem' ? actions : retry}>
      {next}
    </Notice>
  );
}

function toneOf(trouble: Trouble): NoticeTone {
  if (trouble.kind === 'problem' && trouble.problem === 'already_done') return 'note';
  return trouble.kind === 'unreachable' ? 'warn' : 'danger';
}

function useSentences(): (trouble: Trouble) => { what: string; next: string } {
  const t = useTranslations('trouble');
  const problem = useProblem();
  return (trouble) => {
    switch (trouble.kind) {
      case 'problem': {
        const { what, next } = problem(trouble.problem);
        const minutes = trouble.seconds === null ? null : Math.ceil(trouble.seconds / 60);
        return { what, next: minutes === null ? next : t('tryAgainIn', { minutes }) };
      }
      case 'fault':
        return { what: t('fault.what'), next: t('fault.next', { id: trouble.id }) };
      case 'unreachable':
        return { what: t('unreachable.what'), next: t('unreachable.next') };
    }
  };
}
