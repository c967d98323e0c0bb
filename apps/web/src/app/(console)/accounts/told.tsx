'use client';
import { Notice } from '@secateur/ui/notice';
import { useTranslations } from 'next-intl';
import { useProblem } from '~/client/use-problem.ts';

/** Why signing in did not connect the account too. */
export function Told({ problem }: { problem: string }) {
  const t = useTranslations('accounts.told');
  const { what, next } = useProblem()(problem);
  return (
    <Notice tone="warn" live="status" title={t('title')}>
      {what} {next}
    </Notice>
  );
}
