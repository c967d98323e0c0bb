'use client';
import type { PublishedView } from '@secateur/core/sharing/schemas';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { Button } from '@secateur/ui/button';
import { buttonLook } from '@secateur/ui/button-look';
import { Card } from '@secateur/ui/card';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useMay } from '~/tenant/use-may.ts';
import { Appeals } from './appeals.tsx';
import { TakeOff } from './take-off.tsx';

/** A list that others may use: who is taken off it, and the end of its link. */
export function PublishedList({ list, say }: { list: PublishedView; say: (what: string) => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const may = useMay();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { id, shieldId, title, network, size, publishedAt, endedAt } = list;
  const end = useMutation(
    trpc.lists.end.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        say(t('lists.end.done'));
        return queryClient.invalidateQueries(trpc.lists.pathFilter());
      },
      onError: () => setAsking(false),
    }),
  );
  return (
    <Card>
      <div className="grid gap-4">
        <div className="grid gap-1">
          <h3 className="text-lg wrap-anywhere">
            <bdi>{title}</bdi>
          </h3>
          {endedAt ? (
            <p>{t('lists.ended', { date: endedAt })}</p>
          ) : (
            <p className="text-soft">
              {t('lists.size', { count: size, network: t(`accounts.network.${network}`) })} ·{' '}
              {t('lists.since', { date: publishedAt })}
            </p>
          )}
        </div>
        {endedAt === null && may('lists.end') ? <TakeOff listId={id} say={say} /> : null}
        {endedAt === null && may('lists.end') ? <Appeals list={list} say={say} /> : null}
        {end.error ? <TroubleNotice error={end.error} /> : null}
        <div className="flex flex-wrap gap-3">
          <Link href={`/shields/${shieldId}`} className={buttonLook('quiet', 'small')}>
            {t('lists.toShield')}
          </Link>
          {endedAt === null && may('lists.end') ? (
            <Button look="quiet" size="small" aria-label={t('lists.end.of', { title })} onClick={() => setAsking(true)}>
              {t('lists.end.open')}
            </Button>
          ) : null}
        </div>
      </div>
      <AskDialog
        open={asking}
        title={t('lists.end.title', { title })}
        yes={t('lists.end.submit')}
        no={t('common.back')}
        busy={end.isPending}
        onYes={() => end.mutate({ id })}
        onClose={() => setAsking(false)}
      >
        <p>{t('lists.end.text')}</p>
      </AskDialog>
    </Card>
  );
}
