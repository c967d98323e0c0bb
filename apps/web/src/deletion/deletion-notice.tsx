'use client';
import { buttonLook } from '@secateur/ui/button-look';
import { Notice } from '@secateur/ui/notice';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTRPC } from '~/client/trpc.ts';
import { CallOff } from './call-off.tsx';

const PLACE = '/settings/data';
/** Milliseconds between two looks: the week may end while a page is open. */
const EVERY = 60_000;

/** Says on every page that everything is to be deleted, and lets owners call it off. Where it is told in full it says only that. */
export function DeletionNotice() {
  const t = useTranslations('deletion');
  const trpc = useTRPC();
  const there = usePathname() === PLACE;
  const { data } = useQuery({ ...trpc.deletion.view.queryOptions(), refetchInterval: EVERY });
  if (!data) return null;
  const { stage, dueAt, leaveAt, mine } = data;
  return (
    <div className="mb-6">
      <Notice
        tone="warn"
        title={t('banner', { dueAt })}
        actions={
          there ? null : (
            <>
              {mine ? <CallOff size="small" /> : null}
              <Link href={PLACE} className={buttonLook('quiet', 'small')}>
                {t('see')}
              </Link>
            </>
          )
        }
      >
        {stage === 'waits' ? t('bannerWaits', { leaveAt }) : t('bannerLeaves')}
      </Notice>
    </div>
  );
}
