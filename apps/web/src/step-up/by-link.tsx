'use client';
import { Button } from '@secateur/ui/button';
import { buttonLook } from '@secateur/ui/button-look';
import { Notice } from '@secateur/ui/notice';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import type { Asked } from './step-up-state.ts';

/** Milliseconds between two looks whether the link was pressed. */
const EVERY = 2_000;

/** Confirms with a link in a mail; where that begins a day's wait, says so and until when. */
export function ByLink({ asked, onDone }: { asked: Asked; onDone: (confirmed: boolean) => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const { deed, way } = asked;
  const send = useMutation(trpc.stepUp.sendLink.mutationOptions());
  const { data } = useQuery({
    ...trpc.stepUp.check.queryOptions({ deed }),
    staleTime: 0,
    refetchInterval: ({ state }) => (send.isSuccess || state.data?.address === false ? EVERY : false),
  });
  const fresh = data?.fresh === true;
  const elsewhere = data?.address === false;
  useEffect(() => {
    if ((send.isSuccess || elsewhere) && fresh) onDone(true);
  }, [send.isSuccess, elsewhere, fresh, onDone]);
  const waits = way === 'day' && data?.readyAt;
  return (
    <>
      {waits ? (
        <Notice tone="note" live="status" title={t('stepUp.waitTitle', { date: data.readyAt ?? new Date() })}>
          {t('stepUp.waitText')}
        </Notice>
      ) : (
        <>
          <p>{t(`stepUp.${way === 'day' ? 'day' : 'link'}${elsewhere ? 'Elsewhere' : ''}`)}</p>
          {elsewhere ? (
            <p>
              <a href="/sign-in/again" target="_blank" rel="noreferrer" className={buttonLook('quiet')}>
                {t('stepUp.again')}
              </a>
            </p>
          ) : null}
          {send.isSuccess && !elsewhere ? (
            <Notice tone="note" live="status" title={t('stepUp.sent')}>
              {t(way === 'day' ? 'stepUp.sentDay' : 'stepUp.sentLink')}
            </Notice>
          ) : null}
        </>
      )}
      {send.error ? <TroubleNotice error={send.error} /> : null}
      <div className="mt-2 flex flex-wrap gap-3">
        {waits || send.isSuccess || (elsewhere && way !== 'day') ? null : (
          <Button busy={send.isPending} onClick={() => send.mutate({ deed })}>
            {t(elsewhere ? 'stepUp.begin' : 'stepUp.send')}
          </Button>
        )}
        <Button look="quiet" onClick={() => onDone(false)}>
          {t(waits ? 'stepUp.close' : 'common.back')}
        </Button>
      </div>
    </>
  );
}
