'use client';
import type { AppealView } from '@secateur/core/sharing/schemas';
import { Button } from '@secateur/ui/button';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { Handle } from '~/parts/handle.tsx';

/** Somebody who asks to be taken off. What they wrote isn't even fetched before it is asked for. */
export function OneAppeal({ appeal, say }: { appeal: AppealView; say: (what: string) => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [reading, setReading] = useState(false);
  const { id, handle, reason, wrote, cameAt } = appeal;
  const who = `@${handle}`;
  const read = useQuery(trpc.lists.readAppeal.queryOptions({ id }, { enabled: reading }));
  const answer = useMutation(
    trpc.lists.answerAppeal.mutationOptions({
      onSuccess: (_, { takeOff }) => {
        say(t(takeOff ? 'lists.appeals.takenOff' : 'lists.appeals.left', { who }));
        return queryClient.invalidateQueries(trpc.lists.pathFilter());
      },
    }),
  );
  const trouble = answer.error ?? read.error;
  return (
    <li className="grid gap-2 rounded-control border border-line bg-sunk p-4">
      <p className="font-semibold wrap-anywhere">
        <Handle handle={handle} />
      </p>
      <p>
        {t(`lists.appeals.reasons.${reason}`)}{' '}
        <span className="text-soft">{t('lists.appeals.came', { date: cameAt })}</span>
      </p>
      {reading && read.data ? (
        <blockquote className="border-edge border-l-4 pl-3">
          <bdi className="wrap-anywhere">{read.data.words}</bdi>
        </blockquote>
      ) : null}
      {wrote && !(reading && read.data) ? (
        <div className="grid gap-1">
          <div>
            <Button
              look="quiet"
              size="small"
              busy={reading && read.isPending}
              aria-label={t('lists.appeals.readOf', { who })}
              onClick={() => setReading(true)}
            >
              {t('lists.appeals.read')}
            </Button>
          </div>
          <p className="text-soft text-[0.94rem]">{t('lists.appeals.readHint')}</p>
        </div>
      ) : null}
      {trouble ? <TroubleNotice error={trouble} /> : null}
      <div className="flex flex-wrap gap-3">
        <Button
          size="small"
          busy={answer.isPending}
          aria-label={t('lists.appeals.takeOffOf', { who })}
          onClick={() => answer.mutate({ id, takeOff: true })}
        >
          {t('lists.appeals.takeOff')}
        </Button>
        <Button
          look="quiet"
          size="small"
          busy={answer.isPending}
          aria-label={t('lists.appeals.leaveOf', { who })}
          onClick={() => answer.mutate({ id, takeOff: false })}
        >
          {t('lists.appeals.leave')}
        </Button>
      </div>
    </li>
  );
}
