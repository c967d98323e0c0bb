'use client';
import type { PublishedView } from '@secateur/core/sharing/schemas';
import { Button } from '@secateur/ui/button';
import { Skeleton } from '@secateur/ui/skeleton';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { OneAppeal } from './one-appeal.tsx';

type AppealsProps = { list: PublishedView; say: (what: string) => void };

/** People who say that they are on a list by mistake: how many, who they are for who wants to see it, and whether they are heard. */
export function Appeals({ list: { id, title, hears, appeals }, say }: AppealsProps) {
  const t = useTranslations('lists.appeals');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const hear = useMutation(
    trpc.lists.hear.mutationOptions({
      onSuccess: (_, input) => {
        say(t(input.hears ? 'turnedOn' : 'turnedOff'));
        return queryClient.invalidateQueries(trpc.lists.pathFilter());
      },
    }),
  );
  return (
    <div className="grid gap-3 border-line border-t pt-4">
      <p>{t(hears ? (appeals > 0 ? 'waiting' : 'none') : 'off', { count: appeals })}</p>
      <div className="flex flex-wrap gap-3">
        {hears && appeals > 0 ? (
          <Button
            look="quiet"
            size="small"
            aria-expanded={open}
            aria-label={t(open ? 'closeOf' : 'openOf', { title })}
            onClick={() => setOpen(!open)}
          >
            {t(open ? 'close' : 'open')}
          </Button>
        ) : null}
        <Button
          look="plain"
          size="small"
          busy={hear.isPending}
          aria-label={t(hears ? 'turnOffOf' : 'turnOnOf', { title })}
          onClick={() => hear.mutate({ id, hears: !hears })}
        >
          {t(hears ? 'turnOff' : 'turnOn')}
        </Button>
      </div>
      {hear.error ? <TroubleNotice error={hear.error} /> : null}
      {open && hears && appeals > 0 ? <Waiting listId={id} say={say} /> : null}
    </div>
  );
}

function Waiting({ listId, say }: { listId: string; say: (what: string) => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.lists.appeals.queryOptions({ id: listId }));
  if (error) return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton label={t('common.loading')} />;
  return (
    <>
      <p className="text-soft">{t('lists.appeals.text')}</p>
      <ul className="grid gap-4">
        {data.map((appeal) => (
          <OneAppeal key={appeal.id} appeal={appeal} say={say} />
        ))}
      </ul>
    </>
  );
}
