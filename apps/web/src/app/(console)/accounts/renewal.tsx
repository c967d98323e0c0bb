'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import { Notice } from '@secateur/ui/notice';
import { useTranslations } from 'next-intl';
import { useProblem } from '~/client/use-problem.ts';

/** That a new app password is looked at, or was refused, while everything goes on with what was there before. */
export function Renewal({ connection }: { connection: ConnectionView }) {
  const t = useTranslations('accounts');
  const problemSentence = useProblem();
  if (connection.renewing) return <p className="text-soft">{t('renewing')}</p>;
  if (connection.renewalProblem === null) return null;
  const { what } = problemSentence(connection.renewalProblem);
  return (
    <Notice tone="warn" title={what}>
      {t('renewalRefused')}
    </Notice>
  );
}
