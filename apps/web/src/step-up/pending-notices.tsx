'use client';
import { Button } from '@secateur/ui/button';
import { buttonLook } from '@secateur/ui/button-look';
import { Notice } from '@secateur/ui/notice';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import type { Deed } from '~/server/step-up/policy.ts';

/** Milliseconds between two looks at what waits. */
const EVERY = 60_000;

/** Where a deed is done whose wait is over. */
const PLACES: Record<Deed, Route> = {
  connect: '/accounts',
  disconnect: '/accounts',
  contact: '/settings/contact',
  address: '/settings/contact',
  export: '/settings/data',
  passkeys: '/settings/security',
  ways: '/settings/security',
  delete: '/settings/data',
};

/** What waits for a day to be over, on every page of those in charge, with a way to stop it. */
export function PendingNotices() {
  const t = useTranslations('pending');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data = [] } = useQuery({ ...trpc.stepUp.pending.queryOptions(), refetchInterval: EVERY });
  const stop = useMutation(
    trpc.stepUp.stop.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.stepUp.pathFilter()),
    }),
  );
  if (data.length === 0) return null;
  return (
    <div className="mb-6 grid gap-3">
      {data.map(({ id, deed, mine, ready, readyAt, expiresAt }) => {
        return (
          <Notice
            key={id}
            tone="warn"
            title={t(mine ? 'mine' : 'theirs', { deed })}
            actions={
              <>
                {mine && ready ? (
                  <Link href={PLACES[deed]} className={buttonLook('primary', 'small')}>
                    {t('doIt')}
                  </Link>
                ) : null}
                <Button look="quiet" size="small" busy={stop.isPending} onClick={() => stop.mutate({ id })}>
                  {t('stop')}
                </Button>
              </>
            }
          >
            {ready ? t('ready', { date: expiresAt }) : t('waits', { date: readyAt })}
          </Notice>
        );
      })}
      {stop.error ? <TroubleNotice error={stop.error} /> : null}
    </div>
  );
}
