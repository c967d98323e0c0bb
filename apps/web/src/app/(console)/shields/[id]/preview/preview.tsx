'use client';
import { buttonLook } from '@secateur/ui/button';
import { Notice } from '@secateur/ui/notice';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { troubleOf } from '~/client/trouble.ts';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useProblem } from '~/client/use-problem.ts';
import { Figures } from './figures.tsx';
import { Hints } from './hints.tsx';
import { Listing } from './listing.tsx';
import { Outcome } from './outcome.tsx';
import { PreviewActions } from './preview-actions.tsx';
import { SparedPeople } from './spared-people.tsx';

/** What a shield would do, followed live while the crowd is listed. */
export function Preview({ id }: { id: string }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const problemSentence = useProblem();
  const { data: view, error, isPending, refetch } = useQuery(trpc.shields.preview.queryOptions({ id }));
  if (isPending) return <Skeleton label={t('common.loading')} lines={7} />;
  if (!view) {
    const trouble = troubleOf(error);
    if (trouble.kind === 'problem' && trouble.problem === 'not_found') {
      return (
        <Notice
          actions={
            <Link href="/shields" className={buttonLook('quiet', 'small')}>
              {t('preview.toShields')}
            </Link>
          }
        >
          {t('preview.gone')}
        </Notice>
      );
    }
    return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  }
  if (view.state === 'failed') {
    const { what, next } = problemSentence(view.problem ?? '');
    return (
      <div className="grid gap-6">
        <Notice tone="danger" live="alert" title={what}>
          {next}
        </Notice>
        <PreviewActions view={view} />
      </div>
    );
  }
  return (
    <div className="grid gap-7">
      <Listing view={view} />
      {view.subject ? (
        <>
          <Outcome view={view} />
          <SparedPeople view={view} />
          <Figures view={view} />
          <Hints view={view} />
        </>
      ) : null}
      <PreviewActions view={view} />
    </div>
  );
}
