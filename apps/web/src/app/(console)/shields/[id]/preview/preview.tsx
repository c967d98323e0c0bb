'use client';
import { buttonLook } from '@secateur/ui/button-look';
import { Notice } from '@secateur/ui/notice';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { troubleOf } from '~/client/trouble.ts';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { hasSeveral } from '~/shield/has-several.ts';
import { AllowReading } from './allow-reading.tsx';
import { Failed } from './failed.tsx';
import { Figures } from './figures.tsx';
import { FriendsOfFriends } from './friends-of-friends.tsx';
import { Listing } from './listing.tsx';
import { Outcome } from './outcome.tsx';
import { PreviewActions } from './preview-actions.tsx';
import { SourceList } from './source-list.tsx';
import { SparedPeople } from './spared-people.tsx';
import { TakePrepared } from './take-prepared.tsx';
import { WeakenedPeople } from './weakened-people.tsx';

/** What a shield would do, followed live while the crowd is listed. */
export function Preview({ id }: { id: string }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const { data: view, error, isPending, refetch } = useQuery(trpc.shields.preview.queryOptions({ id }));
  if (isPending) return <Skeleton label={t('common.loading')} lines={7} />;
  if (!view) {
    const trouble = troubleOf(error);
    if (trouble.kind === 'problem' && trouble.problem === 'not_found') {
      return (
        <Notice
          actions={
            <Link href="/shields" className={buttonLook('quiet', 'small')}>
              {t('common.toShields')}
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
    return (
      <div className="grid gap-6">
        <Failed view={view} />
        <AllowReading view={view} />
        {hasSeveral(view.sources) ? <SourceList view={view} /> : null}
        <PreviewActions view={view} />
      </div>
    );
  }
  return (
    <div className="grid gap-7">
      <Listing view={view} />
      {hasSeveral(view.sources) ? <SourceList view={view} /> : null}
      {view.state === 'listing' || view.state === 'ready' ? (
        <>
          <Outcome view={view} />
          <SparedPeople view={view} />
          <WeakenedPeople view={view} />
          <FriendsOfFriends view={view} />
          <Figures view={view} />
          <TakePrepared view={view} />
          {view.state === 'ready' && view.peopleKnown && view.toDo === 0 ? (
            <Notice tone="warn">{t('preview.nothing')}</Notice>
          ) : null}
        </>
      ) : null}
      <PreviewActions view={view} />
    </div>
  );
}
